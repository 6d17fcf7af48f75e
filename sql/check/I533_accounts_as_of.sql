-- 新媒体统计截至 that is neither a month nor a day in the official form (新媒体统计截至不规范).
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
    name.layout = 'info_item' AND name.field = 'item' AND name.value = '新媒体统计截至'
    AND content.value <> ''
    AND NOT regexp_full_match(content.value, '\d{4}年([1-9]|1[0-2])月')
    AND (
        NOT regexp_full_match(content.value, '\d{4}年[1-9]\d?月[1-9]\d?日')
        OR try_strptime(content.value, '%Y年%m月%d日') IS NULL
    )
