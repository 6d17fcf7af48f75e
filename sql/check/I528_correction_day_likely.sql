-- A correction dated before the quarter, or after the day of the notice (更正的日期不在办理期间).
WITH signed AS (
    SELECT try_strptime(content.value, ['%Y年%m月%d日', '%Y-%m-%d', '%Y/%m/%d'])::DATE AS day
    FROM raw.sound AS name
    INNER JOIN raw.sound AS content
        ON
            (name.file, name.sheet, name.row_no) = (content.file, content.sheet, content.row_no)
            AND content.field = 'content'
    WHERE name.layout = 'info_item' AND name.field = 'item' AND name.value = '成文日期'
),

dated AS (
    SELECT
        file,
        sheet,
        cell,
        value,
        try_cast(value AS DATE) AS day,
        make_date(quarter[1:4]::BIGINT, quarter[6]::BIGINT * 3 - 2, 1) AS first_day,
        (SELECT max(signed.day) FROM signed) AS last_day
    FROM raw.sound
    WHERE layout = 'info_correction' AND field = 'on' AND value <> ''
)

SELECT
    file,
    sheet,
    cell,
    value,
    1 AS places,
    strftime(first_day, '%Y-%m-%d') AS start,
    coalesce(strftime(last_day, '%Y-%m-%d'), '没有填写') AS "end"
FROM dated
WHERE day < first_day OR day > last_day
