-- 不涉及 where the indicator has to be checked (不得填写“不涉及”): only service indicators of sites without services.
SELECT
    score.file,
    score.sheet,
    score.cell,
    '不涉及' AS value,
    1 AS places,
    site.site_name AS site,
    indicator.name AS indicator
FROM core.indicator_score AS score
INNER JOIN core.site_result AS result
    ON (score.file, score.sheet, score.row_no) = (result.file, result.sheet, result.row_no)
INNER JOIN reference.indicator AS indicator ON score.indicator_id = indicator.indicator_id
INNER JOIN reference.site AS site ON score.site_code = site.site_code
WHERE NOT score.applicable AND result.veto = 'none' AND (site.serves_public OR NOT indicator.service)
