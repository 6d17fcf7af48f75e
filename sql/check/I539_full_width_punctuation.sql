-- Half-width punctuation between Chinese characters (文字中有半角标点): one finding a cell, the first place is quoted.
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
    regexp_extract(
        passage.value, '[\p{Han}，。；：、“”《》（）〔〕]{1,6}[,;:()"''][\p{Han}，。；：、“”《》（）〔〕]{1,6}'
    ) AS value,
    1 AS places
FROM passage
WHERE regexp_matches(passage.value, '[\p{Han}，。；：、“”《》（）〔〕][,;:()"''][\p{Han}，。；：、“”《》（）〔〕]')
