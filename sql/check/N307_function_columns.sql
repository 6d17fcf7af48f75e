-- Functions that a sheet of functions has no column for (缺少功能列).
SELECT
    sheet.file,
    sheet.sheet,
    '' AS cell,
    string_agg(known.name, '、' ORDER BY known.function_no) AS value,
    count(*) AS places
FROM (SELECT DISTINCT file, sheet FROM raw.cell WHERE layout = 'site_function') AS sheet
CROSS JOIN reference.function AS known
WHERE
    NOT EXISTS (
        SELECT 1 FROM raw.cell AS delivered
        WHERE (delivered.file, delivered.sheet, delivered.member) = (sheet.file, sheet.sheet, known.function_id)
    )
GROUP BY sheet.file, sheet.sheet
