-- An item of 基本信息 given twice (基本信息项目重复); the first would count.
SELECT
    item.file,
    item.sheet,
    item.cell,
    item.value,
    1 AS places,
    first_value(item.cell) OVER (PARTITION BY item.file, item.sheet, item.value ORDER BY item.row_no) AS "first"
FROM raw.sound AS item
WHERE item.layout = 'info_item' AND item.field = 'item'
QUALIFY row_number() OVER (PARTITION BY item.file, item.sheet, item.value ORDER BY item.row_no) > 1
