-- A row of 统计补充表 (统计补充数据): an item with its numbers, or with a unit.
SELECT
    quarter,
    file,
    sheet,
    row_no,
    max(value) FILTER (WHERE field = 'supplement_id') AS supplement_id,
    coalesce(max(value) FILTER (WHERE field = 'unit_id'), '') AS unit_id,
    max(nullif(value, '')) FILTER (WHERE field = 'total')::BIGINT AS total,
    max(nullif(value, '')) FILTER (WHERE field = 'part')::BIGINT AS part,
    coalesce(max(value) FILTER (WHERE field = 'note'), '') AS note
FROM raw.sound
WHERE layout = 'supplement'
GROUP BY quarter, file, sheet, row_no
