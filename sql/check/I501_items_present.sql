-- An item of 基本信息 that the notice needs and nobody filled (季度信息缺项).
SELECT
    '季度信息.xlsx' AS file,
    '基本信息' AS sheet,
    '' AS cell,
    needed.item AS value,
    1 AS places
FROM (
    SELECT unnest([
        '季度', '同意机关', '同意状态', '检查依据文件', '新媒体统计截至', '找错起始日期', '找错截止日期', '结束语'
    ]) AS item
) AS needed
WHERE NOT EXISTS (SELECT 1 FROM core.info_item AS filled WHERE filled.item = needed.item AND filled.content <> '')
