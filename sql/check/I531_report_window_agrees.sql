-- 找错起始日期 and 找错截止日期 against the declared window of 找错台账, and against each other (找错起止日期不一致). A text
-- that is no date is left to I530, a missing window to I504.
WITH item AS (
    SELECT
        name.value AS item,
        content.file,
        content.sheet,
        content.cell,
        content.value,
        try_strptime(content.value, ['%Y年%m月%d日', '%Y-%m-%d', '%Y/%m/%d'])::DATE AS "day"
    FROM raw.sound AS name
    INNER JOIN raw.sound AS content
        ON
            (name.file, name.sheet, name.row_no) = (content.file, content.sheet, content.row_no)
            AND content.field = 'content'
    WHERE
        name.layout = 'info_item' AND name.field = 'item'
        AND name.value IN ('找错起始日期', '找错截止日期')
    QUALIFY row_number() OVER (PARTITION BY name.value ORDER BY content.row_no) = 1
),

compared AS (
    SELECT
        item.*,
        CASE item.item WHEN '找错起始日期' THEN '起' ELSE '止' END AS side,
        CASE item.item WHEN '找错起始日期' THEN declared.start_on ELSE declared.end_on END AS expected
    FROM item
    INNER JOIN core.info_window AS declared ON declared.layout = 'error_report' AND declared.field = 'created_at'
)

SELECT
    compared.file,
    compared.sheet,
    compared.cell,
    compared.value,
    1 AS places,
    compared.item,
    '与“时间范围”中找错台账留言时间的“' || compared.side || '” ' || compared.expected || ' 不一致' AS detail
FROM compared
WHERE compared."day" <> compared.expected
UNION ALL
SELECT
    first_day.file,
    first_day.sheet,
    first_day.cell,
    first_day.value,
    1,
    first_day.item,
    '晚于找错截止日期“' || last_day.value || '”'
FROM item AS first_day
INNER JOIN item AS last_day ON first_day.item = '找错起始日期' AND last_day.item = '找错截止日期'
WHERE
    first_day."day" > last_day."day"
    AND NOT EXISTS (SELECT 1 FROM compared WHERE compared."day" <> compared.expected)
