-- 通报结构 that no rule book has (通报结构无法识别).
SELECT
    content.file,
    content.sheet,
    content.cell,
    content.value,
    1 AS places,
    policy.outlines AS known
FROM raw.sound AS name
INNER JOIN raw.sound AS content
    ON
        (name.file, name.sheet, name.row_no) = (content.file, content.sheet, content.row_no)
        AND content.field = 'content'
CROSS JOIN reference.policy AS policy
WHERE
    name.layout = 'info_item' AND name.field = 'item' AND name.value = '通报结构'
    AND content.value <> '' AND NOT list_contains(string_split(policy.outlines, '、'), content.value)
