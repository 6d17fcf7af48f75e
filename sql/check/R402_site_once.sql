-- A site with more than one row in a sheet of sites (网站重复).
SELECT
    again.file,
    again.sheet,
    again.cell,
    site.site_name AS value,
    1 AS places,
    site.site_code,
    known.title AS "table",
    again.times,
    again.first
FROM (
    SELECT
        layout,
        value AS site_code,
        max_by(file, (file, sheet, row_no)) AS file,
        max_by(sheet, (file, sheet, row_no)) AS sheet,
        max_by(cell, (file, sheet, row_no)) AS cell,
        count(*) AS times,
        min_by(sheet || '!' || cell, (file, sheet, row_no)) AS first
    FROM raw.cell
    WHERE layout IN ('site_score', 'site_function') AND field = 'site_code' AND state = 'ok'
    GROUP BY layout, value
    HAVING count(*) > 1
) AS again
INNER JOIN reference.site AS site ON again.site_code = site.site_code
INNER JOIN reference.layout_column AS known ON again.layout = known.layout AND known.field = 'site_code'
