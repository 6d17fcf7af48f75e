-- The window that the dates of one column must lie in (时间范围); a name that no layout has is a finding (I510).
SELECT
    declared.quarter,
    known.layout,
    known.field,
    declared.start_on,
    declared.end_on
FROM (
    SELECT
        quarter,
        row_no,
        max(value) FILTER (WHERE field = 'table') AS title,
        max(value) FILTER (WHERE field = 'column') AS header,
        max(value) FILTER (WHERE field = 'start_on')::DATE AS start_on,
        max(value) FILTER (WHERE field = 'end_on')::DATE AS end_on
    FROM raw.sound
    WHERE layout = 'info_window'
    GROUP BY quarter, row_no
) AS declared
INNER JOIN reference.layout_column AS known
    ON declared.title = known.title AND declared.header = known.header
QUALIFY row_number() OVER (PARTITION BY known.layout, known.field ORDER BY declared.row_no) = 1
