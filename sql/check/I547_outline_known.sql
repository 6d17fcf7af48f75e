-- 通报结构 that nobody has written (通报结构无法识别).
SELECT
    content.file,
    content.sheet,
    content.cell,
    content.value,
    1 AS places,
    (
        SELECT arg_max(outline.name, jaro_winkler_similarity(outline.name, content.value))
        FROM unnest(string_split(policy.outlines, '、')) AS outline (name)
    ) AS nearest
FROM raw.sound AS name
INNER JOIN raw.sound AS content
    ON
        (name.file, name.sheet, name.row_no) = (content.file, content.sheet, content.row_no)
        AND content.field = 'content'
CROSS JOIN reference.policy AS policy
WHERE
    name.layout = 'info_item' AND name.field = 'item' AND name.value = '通报结构'
    AND content.value <> '' AND NOT list_contains(string_split(policy.outlines, '、'), content.value)
