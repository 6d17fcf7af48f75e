-- An item of 基本信息 that the notice needs and nobody filled (季度信息缺项). A missing sheet (F101) and an unreadable
-- item are left to those findings.
SELECT
    '季度信息.xlsx' AS file,
    '基本信息' AS sheet,
    coalesce(max(content.cell), '') AS cell,
    needed.item AS value,
    1 AS places
FROM (
    SELECT unnest([
        '季度', '同意机关', '同意状态', '检查依据文件', '新媒体统计截至', '找错起始日期', '找错截止日期', '结束语'
    ]) AS item
) AS needed
LEFT JOIN raw.cell AS name ON name.layout = 'info_item' AND name.field = 'item' AND needed.item = name.value
LEFT JOIN raw.cell AS content
    ON
        (name.file, name.sheet, name.row_no) = (content.file, content.sheet, content.row_no)
        AND content.field = 'content'
WHERE
    EXISTS (
        SELECT 1 FROM raw.file AS file
        INNER JOIN reference.layout_column AS known ON known.layout = 'info_item'
        WHERE list_contains(string_split(file.layouts, '、'), known.title)
    )
GROUP BY needed.item
HAVING coalesce(bool_and(content.state <> 'bad' AND content.value = ''), TRUE)
