-- A site's score under one indicator (各指标得分): one row per cell. A cell that holds a deduction is turned into the
-- score; a deduction never exceeds the points of its indicator.
SELECT
    given.quarter,
    given.file,
    given.sheet,
    given.row_no,
    given.cell,
    site.value AS site_code,
    given.member AS indicator_id,
    given.state = 'ok' AS applicable,
    CASE
        WHEN given.state <> 'ok' THEN NULL
        WHEN given.field = 'deduction' THEN greatest(indicator.points - given.value::DECIMAL(6, 2), 0)
        ELSE given.value::DECIMAL(6, 2)
    END::DECIMAL(6, 2) AS score
FROM raw.sound AS given
INNER JOIN raw.sound AS site
    ON (given.file, given.sheet, given.row_no) = (site.file, site.sheet, site.row_no) AND site.field = 'site_code'
INNER JOIN reference.indicator AS indicator ON given.member = indicator.indicator_id
WHERE given.layout = 'site_score' AND given.field IN ('score', 'deduction')
