-- A bonus score of a site whose group has no bonus points (不设加分的网站填写了加分).
SELECT
    score.file,
    score.sheet,
    score.cell,
    score.score AS value,
    1 AS places,
    site.site_name AS site,
    indicator.name AS indicator
FROM core.indicator_score AS score
INNER JOIN reference.indicator AS indicator
    ON score.indicator_id = indicator.indicator_id AND indicator.part = 'bonus'
INNER JOIN reference.site AS site ON score.site_code = site.site_code
INNER JOIN reference.site_group AS grp ON site.site_group = grp.site_group
WHERE score.score > 0 AND grp.bonus_points = 0
