-- A paragraph of problems or requirements (存在的问题、工作要求), numbered in the order of the sheet.
SELECT
    record.quarter,
    record.section,
    row_number() OVER (PARTITION BY record.section ORDER BY record.row_no) AS number,
    record.title,
    record.content,
    record.indicators
FROM (
    SELECT
        quarter,
        row_no,
        replace(any_value(layout), 'info_', '') AS section,
        max(value) FILTER (WHERE field = 'title') AS title,
        max(value) FILTER (WHERE field = 'content') AS content,
        coalesce(max(value) FILTER (WHERE field = 'indicators'), '') AS indicators
    FROM raw.sound
    WHERE layout IN ('info_problem', 'info_requirement')
    GROUP BY quarter, sheet, row_no
) AS record
