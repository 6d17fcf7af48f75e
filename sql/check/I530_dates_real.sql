-- A date of 基本信息 that is none (基本信息的日期不正确). An empty one is left to I501.
SELECT
    content.file,
    content.sheet,
    content.cell,
    content.value,
    1 AS places,
    name.value AS item
FROM raw.sound AS name
INNER JOIN raw.sound AS content
    ON
        (name.file, name.sheet, name.row_no) = (content.file, content.sheet, content.row_no)
        AND content.field = 'content'
WHERE
    name.layout = 'info_item' AND name.field = 'item'
    AND name.value IN ('成文日期', '检查开始日期', '检查截止日期', '找错起始日期', '找错截止日期', '责令整改期限', '整改报送期限')
    AND content.value <> ''
    AND (
        NOT regexp_full_match(
            content.value, '\d{4}(年[1-9]\d?月[1-9]\d?日|-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2})'
        )
        OR try_strptime(content.value, ['%Y年%m月%d日', '%Y-%m-%d', '%Y/%m/%d']) IS NULL
    )
