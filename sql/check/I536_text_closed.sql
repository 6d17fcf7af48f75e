-- A practice, a problem, a requirement or the closing words without the full stop at the end (文字没有以句号结尾).
WITH passage AS (
    SELECT
        content.file,
        content.sheet,
        content.cell,
        content.value
    FROM raw.sound AS content
    WHERE content.layout IN ('info_practice', 'info_problem', 'info_requirement') AND content.field = 'content'
    UNION ALL
    SELECT
        content.file,
        content.sheet,
        content.cell,
        content.value
    FROM raw.sound AS name
    INNER JOIN raw.sound AS content
        ON
            (name.file, name.sheet, name.row_no) = (content.file, content.sheet, content.row_no)
            AND content.field = 'content'
    WHERE name.layout = 'info_item' AND name.field = 'item' AND name.value = '结束语'
)

SELECT
    passage.file,
    passage.sheet,
    passage.cell,
    CASE WHEN length(passage.value) > 12 THEN '……' || passage.value[-12:] ELSE passage.value END AS value,
    1 AS places
FROM passage
WHERE passage.value <> '' AND NOT ends_with(passage.value, '。')
