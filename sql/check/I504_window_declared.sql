-- A date column of a delivered table without a declared window (未规定时间范围).
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
    AND NOT EXISTS (
        SELECT 1 FROM core.info_window AS declared
        WHERE (declared.layout, declared.field) = (known.layout, known.field)
    )
