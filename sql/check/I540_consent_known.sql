-- 同意状态 that is neither 已同意 nor 未同意 (同意状态无法识别); 未同意 is I505.
SELECT
    content.file,
    content.sheet,
    content.cell,
    content.value,
    1 AS places
FROM raw.sound AS name
INNER JOIN raw.sound AS content
    ON
        (name.file, name.sheet, name.row_no) = (content.file, content.sheet, content.row_no)
        AND content.field = 'content'
WHERE
    name.layout = 'info_item' AND name.field = 'item' AND name.value = '同意状态'
    AND content.value NOT IN ('', '已同意', '未同意')
