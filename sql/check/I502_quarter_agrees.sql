-- 季度信息 of another quarter than the folder's (季度不一致).
SELECT
    content.file,
    content.sheet,
    content.cell,
    content.value,
    1 AS places,
    content.quarter AS expected
FROM raw.sound AS name
INNER JOIN raw.sound AS content
    ON
        (name.file, name.sheet, name.row_no) = (content.file, content.sheet, content.row_no)
        AND content.field = 'content'
WHERE
    name.layout = 'info_item' AND name.field = 'item' AND name.value = '季度'
    AND content.value NOT IN (
        '',
        content.quarter,
        content.quarter[1:4] || '年第' || ['一', '二', '三', '四'][content.quarter[6]::INTEGER] || '季度'
    )
