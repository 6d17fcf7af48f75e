-- 发文字号 in another form than 机关代字〔年份〕序号号 (发文字号不规范).
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
    name.layout = 'info_item' AND name.field = 'item' AND name.value = '发文字号'
    AND content.value <> ''
    AND (NOT regexp_full_match(content.value, '\p{Han}+〔\d{4}〕[1-9]\d*号') OR contains(content.value, '第'))
