-- 季度信息 of another quarter than the folder's (季度不一致).
SELECT
    '季度信息.xlsx' AS file,
    '基本信息' AS sheet,
    '' AS cell,
    item.content AS value,
    1 AS places,
    item.quarter AS expected
FROM core.info_item AS item
WHERE
    item.item = '季度'
    AND item.content NOT IN (
        item.quarter,
        item.quarter[1:4] || '年第' || ['一', '二', '三', '四'][item.quarter[6]::INTEGER] || '季度'
    )
