-- A date column of a delivered table without a declared window (未规定时间范围). A missing sheet (F101) and a row of it
-- that could not be read are left to those findings.
SELECT
    '季度信息.xlsx' AS file,
    '时间范围' AS sheet,
    '' AS cell,
    known.header AS value,
    1 AS places,
    known.title AS "table"
FROM reference.layout_column AS known
WHERE
    known.dated
    AND EXISTS (SELECT 1 FROM raw.cell WHERE raw.cell.layout = known.layout)
    AND EXISTS (
        SELECT 1 FROM raw.file AS file
        INNER JOIN reference.layout_column AS windows ON windows.layout = 'info_window'
        WHERE list_contains(string_split(file.layouts, '、'), windows.title)
    )
    AND NOT EXISTS (
        SELECT 1 FROM raw.cell AS title
        INNER JOIN raw.cell AS header
            ON
                (title.file, title.sheet, title.row_no) = (header.file, header.sheet, header.row_no)
                AND header.field = 'column'
        WHERE
            title.layout = 'info_window' AND title.field = 'table'
            AND (title.value, header.value) = (known.title, known.header)
    )
