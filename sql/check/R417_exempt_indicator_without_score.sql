-- A score under a service indicator of a site that has no services (免检指标填写了得分).
SELECT
    score.file,
    score.sheet,
    score.cell,
    score.score AS value,
    1 AS places,
    site.site_name AS site,
    indicator.name AS indicator
FROM core.indicator_score AS score
INNER JOIN reference.indicator AS indicator ON score.indicator_id = indicator.indicator_id AND indicator.service
INNER JOIN reference.site AS site ON score.site_code = site.site_code
WHERE score.applicable AND NOT site.serves_public
