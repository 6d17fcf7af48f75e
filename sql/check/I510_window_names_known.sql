-- A row of 时间范围 that names no date column (时间范围所列的表或列不存在).
SELECT
    title.file,
    title.sheet,
    CASE
        WHEN title.value IN (SELECT known.title FROM reference.layout_column AS known WHERE known.dated)
            THEN header.cell
        ELSE title.cell
    END AS cell,
    header.value,
    1 AS places,
    title.value AS "table"
FROM raw.sound AS title
INNER JOIN raw.sound AS header
    ON
        (title.file, title.sheet, title.row_no) = (header.file, header.sheet, header.row_no)
        AND header.field = 'column'
WHERE
    title.layout = 'info_window' AND title.field = 'table'
    AND NOT EXISTS (
        SELECT 1 FROM reference.layout_column AS known
        WHERE known.title = title.value AND known.header = header.value AND known.dated
    )
