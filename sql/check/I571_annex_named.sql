-- The list of unqualified accounts is asked for, and nobody has decided to name units (不合格账号名单没有点名决定).
SELECT
    content.file,
    content.sheet,
    content.cell,
    '不合格账号名单' AS value,
    1 AS places
FROM raw.sound AS name
INNER JOIN raw.sound AS content
    ON
        (name.file, name.sheet, name.row_no) = (content.file, content.sheet, content.row_no)
        AND content.field = 'content'
WHERE
    name.layout = 'info_item' AND name.field = 'item' AND name.value = '附件'
    AND contains(content.value, '不合格账号名单')
    AND NOT EXISTS (
        SELECT 1 FROM core.info_choice AS choice
        WHERE choice.statement_id = 'account_failure_list' AND choice.naming = 'named'
    )
