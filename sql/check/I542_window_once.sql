-- Two rows of 时间范围 for one column (时间范围重复); the first would count. A name that does not exist is I510.
SELECT
    title.file,
    title.sheet,
    title.cell,
    header.value,
    1 AS places,
    title.value AS "table",
    first_value(title.cell) OVER (
        PARTITION BY title.file, title.sheet, title.value, header.value ORDER BY title.row_no
    ) AS "first"
FROM raw.sound AS title
INNER JOIN raw.sound AS header
    ON
        (title.file, title.sheet, title.row_no) = (header.file, header.sheet, header.row_no)
        AND header.field = 'column'
WHERE
    title.layout = 'info_window' AND title.field = 'table'
    AND EXISTS (
        SELECT 1 FROM reference.layout_column AS known
        WHERE known.title = title.value AND known.header = header.value AND known.dated
    )
QUALIFY
    row_number() OVER (PARTITION BY title.file, title.sheet, title.value, header.value ORDER BY title.row_no) > 1
