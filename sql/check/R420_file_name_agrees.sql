-- A file whose name carries the code of a site that it holds no row of (文件名中的标识码与内容不符).
SELECT
    named.file,
    '' AS sheet,
    '' AS cell,
    named.code AS value,
    1 AS places
FROM (
    SELECT DISTINCT
        file,
        regexp_extract(file, '(?:^|[^0-9a-z])(bm\d{8}|\d{10})(?:[^0-9]|$)', 1) AS code
    FROM raw.cell
) AS named
INNER JOIN reference.site AS site ON named.code = site.site_code
WHERE NOT EXISTS (
    SELECT 1 FROM raw.cell AS delivered
    WHERE delivered.file = named.file AND delivered.field = 'site_code' AND delivered.value = named.code
)
