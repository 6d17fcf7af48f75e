-- An annex of 季度信息 that nobody knows, or that is named twice (附件名称无法识别).
WITH named AS (
    SELECT
        content.file,
        content.sheet,
        content.cell,
        regexp_replace(part.name, '（按得分）$', '') AS annex,
        part.name AS value
    FROM raw.sound AS name
    INNER JOIN raw.sound AS content
        ON
            (name.file, name.sheet, name.row_no) = (content.file, content.sheet, content.row_no)
            AND content.field = 'content'
    CROSS JOIN unnest(string_split(content.value, '、')) AS part (name)
    WHERE
        name.layout = 'info_item' AND name.field = 'item' AND name.value = '附件'
        AND content.value <> ''
)

SELECT
    file,
    sheet,
    cell,
    value,
    1 AS places
FROM named
WHERE annex NOT IN ('区得分表', '部门得分表', '不合格账号名单', '留言办理情况表')
UNION ALL
SELECT
    file,
    sheet,
    cell,
    annex AS value,
    count(*) AS places
FROM named
WHERE annex IN ('区得分表', '部门得分表', '不合格账号名单', '留言办理情况表')
GROUP BY file, sheet, cell, annex
HAVING count(*) > 1
