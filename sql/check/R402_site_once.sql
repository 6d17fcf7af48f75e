-- A site with more than one row in a sheet of sites (网站重复); the first is told with its file where that is another.
-- A row whose code and name disagree is left to R412.
WITH sited AS (
    SELECT
        code.layout,
        code.file,
        code.sheet,
        code.row_no,
        code.cell,
        site.site_code,
        site.site_name
    FROM raw.cell AS code
    INNER JOIN reference.site AS site ON code.value = site.site_code
    LEFT JOIN raw.cell AS name
        ON (code.file, code.sheet, code.row_no) = (name.file, name.sheet, name.row_no) AND name.field = 'site_name'
    WHERE
        code.layout IN ('site_score', 'site_function') AND code.field = 'site_code'
        AND coalesce(folded(name.value) IN ('', folded(site.site_name)), TRUE)
)

SELECT
    max_by(sited.file, (sited.file, sited.sheet, sited.row_no)) AS file,
    max_by(sited.sheet, (sited.file, sited.sheet, sited.row_no)) AS sheet,
    max_by(sited.cell, (sited.file, sited.sheet, sited.row_no)) AS cell,
    sited.site_name AS value,
    1 AS places,
    sited.site_code,
    known.title AS "table",
    count(*) AS times,
    CASE WHEN min(sited.file) < max(sited.file) THEN min(sited.file) || '!' ELSE '' END
    || min_by(sited.sheet || '!' || sited.cell, (sited.file, sited.sheet, sited.row_no)) AS first
FROM sited
INNER JOIN reference.layout_column AS known ON sited.layout = known.layout AND known.field = 'site_code'
GROUP BY sited.layout, sited.site_code, sited.site_name, known.title
HAVING count(*) > 1
