-- 检查依据文件 without the title marks or with square brackets around the year (检查依据文件不规范).
SELECT
    content.file,
    content.sheet,
    content.cell,
    content.value,
    1 AS places,
    CASE
        WHEN NOT regexp_matches(content.value, '《[^《》]+》') THEN '没有用书名号《》标出文件名称'
        ELSE '发文字号的年份应当用六角括号〔〕'
    END AS detail
FROM raw.sound AS name
INNER JOIN raw.sound AS content
    ON
        (name.file, name.sheet, name.row_no) = (content.file, content.sheet, content.row_no)
        AND content.field = 'content'
WHERE
    name.layout = 'info_item' AND name.field = 'item' AND name.value = '检查依据文件'
    AND content.value <> ''
    AND (NOT regexp_matches(content.value, '《[^《》]+》') OR regexp_matches(content.value, '[\[\]［］【】]'))
