-- A title of 存在的问题 or 工作要求 with an ordinal or punctuation of its own (标题自带序号或标点): both are set by the notice.
SELECT
    title.file,
    title.sheet,
    title.cell,
    title.value,
    1 AS places,
    CASE
        WHEN regexp_matches(title.value, '[。；：，、！？.;:,!?]$') THEN '以标点结尾'
        ELSE '自带序号'
    END AS detail
FROM raw.sound AS title
WHERE
    title.layout IN ('info_problem', 'info_requirement') AND title.field = 'title'
    AND (
        regexp_matches(title.value, '[。；：，、！？.;:,!?]$')
        OR regexp_matches(
            title.value,
            '^(第?[一二三四五六七八九十]+[、，.．]|[（(]([一二三四五六七八九十]+|\d+)[）)]|\d+([、，)）]|[.．]\D)|[①-⑳])'
        )
    )
