-- Whether a site has a function (网站功能建设): one row per cell of the matrix.
SELECT
    mark.quarter,
    mark.file,
    mark.sheet,
    mark.row_no,
    mark.cell,
    site.value AS site_code,
    mark.member AS function_id,
    mark.value = 'true' AS present
FROM raw.sound AS mark
INNER JOIN raw.sound AS site
    ON (mark.file, mark.sheet, mark.row_no) = (site.file, site.sheet, site.row_no) AND site.field = 'site_code'
WHERE mark.layout = 'site_function' AND mark.field = 'present'
