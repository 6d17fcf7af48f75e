-- What people of the office write for the notice (编辑文字): practices, titles and texts of problems and requirements,
-- closing words. White space is dropped and width folded in `plain`, which is compared.
CREATE OR REPLACE VIEW raw.text AS
SELECT
    told.file,
    told.sheet,
    told.row_no,
    told.cell,
    replace(told.layout, 'info_', '') AS section,
    told.field,
    told.value,
    folded(told.value) AS plain
FROM raw.sound AS told
WHERE told.layout IN ('info_practice', 'info_problem', 'info_requirement') AND told.field IN ('title', 'content')
UNION ALL
SELECT
    told.file,
    told.sheet,
    told.row_no,
    told.cell,
    'closing' AS section,
    told.field,
    told.value,
    folded(told.value) AS plain
FROM raw.sound AS name
INNER JOIN raw.sound AS told
    ON (name.file, name.sheet, name.row_no) = (told.file, told.sheet, told.row_no) AND told.field = 'content'
WHERE name.layout = 'info_item' AND name.field = 'item' AND name.value = '结束语'
