-- A site code beside the name of another site (标识码与网站名称不一致).
SELECT
    name.file,
    name.sheet,
    arg_min(name.cell, name.row_no) AS cell,
    name.text AS value,
    count(*) AS places,
    site.site_code,
    site.site_name AS expected
FROM raw.cell AS name
INNER JOIN raw.cell AS code
    ON
        (name.file, name.sheet, name.row_no) = (code.file, code.sheet, code.row_no)
        AND code.field = 'site_code' AND code.state = 'ok'
INNER JOIN reference.site AS site ON code.value = site.site_code
WHERE
    name.field = 'site_name' AND name.state = 'ok'
    AND folded(name.value) <> folded(site.site_name)
GROUP BY name.file, name.sheet, name.text, site.site_code, site.site_name
