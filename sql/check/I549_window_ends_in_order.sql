-- A window that ends before it starts (时间范围起止颠倒).
SELECT
    last_day.file,
    last_day.sheet,
    last_day.cell,
    last_day.value,
    1 AS places,
    title.value AS "table",
    header.value AS "column",
    first_day.value AS start
FROM raw.sound AS last_day
INNER JOIN raw.sound AS first_day
    ON
        (last_day.file, last_day.sheet, last_day.row_no) = (first_day.file, first_day.sheet, first_day.row_no)
        AND first_day.field = 'start_on'
INNER JOIN raw.sound AS title
    ON
        (last_day.file, last_day.sheet, last_day.row_no) = (title.file, title.sheet, title.row_no)
        AND title.field = 'table'
INNER JOIN raw.sound AS header
    ON
        (last_day.file, last_day.sheet, last_day.row_no) = (header.file, header.sheet, header.row_no)
        AND header.field = 'column'
WHERE last_day.layout = 'info_window' AND last_day.field = 'end_on' AND last_day.value < first_day.value
