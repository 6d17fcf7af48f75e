-- A site's score under one indicator (各指标得分): one row per cell of the matrix.
SELECT
    score.quarter,
    score.file,
    score.sheet,
    score.row_no,
    score.cell,
    site.value AS site_code,
    score.member AS indicator_id,
    score.state = 'ok' AS applicable,
    nullif(score.value, '')::DECIMAL(6, 2) AS score
FROM raw.sound AS score
INNER JOIN raw.sound AS site
    ON (score.file, score.sheet, score.row_no) = (site.file, site.sheet, site.row_no) AND site.field = 'site_code'
WHERE score.layout = 'site_score' AND score.field = 'score'
