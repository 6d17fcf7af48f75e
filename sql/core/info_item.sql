-- An item of 季度信息“基本信息” (基本信息); of an item filled twice the first counts.
SELECT
    record.quarter,
    record.item,
    record.content
FROM (
    SELECT
        quarter,
        row_no,
        max(value) FILTER (WHERE field = 'item') AS item,
        coalesce(max(value) FILTER (WHERE field = 'content'), '') AS content
    FROM raw.sound
    WHERE layout = 'info_item'
    GROUP BY quarter, row_no
) AS record
QUALIFY row_number() OVER (PARTITION BY record.item ORDER BY record.row_no) = 1
