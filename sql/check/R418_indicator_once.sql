-- An indicator that stands twice for one site in one sheet (同一指标填写两次), as a ledger of indicators allows.
SELECT
    score.file,
    score.sheet,
    max(score.cell) AS cell,
    indicator.name AS value,
    1 AS places,
    site.site_name AS site,
    count(*) AS times,
    min(score.cell) AS first
FROM core.indicator_score AS score
INNER JOIN reference.indicator AS indicator ON score.indicator_id = indicator.indicator_id
INNER JOIN reference.site AS site ON score.site_code = site.site_code
GROUP BY score.file, score.sheet, score.row_no, indicator.name, site.site_name
HAVING count(*) > 1
