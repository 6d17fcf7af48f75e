-- A site of the roster without a row (网站缺报) in a sheet that must cover every site.
SELECT
    coalesce((SELECT min(file) FROM raw.cell WHERE raw.cell.layout = sheet.layout), '') AS file,
    '' AS sheet,
    '' AS cell,
    site.site_name AS value,
    1 AS places,
    site.site_code,
    sheet.title AS "table"
FROM reference.site AS site
CROSS JOIN (
    SELECT DISTINCT layout, title FROM reference.layout_column WHERE layout IN ('site_score', 'site_function')
) AS sheet
WHERE NOT EXISTS (
    SELECT 1 FROM raw.cell AS delivered
    WHERE
        delivered.layout = sheet.layout
        AND (
            (delivered.field = 'site_code' AND delivered.value = site.site_code)
            OR (delivered.field = 'site_name' AND delivered.value = site.site_name)
        )
)
