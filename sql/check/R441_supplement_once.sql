-- An item of 统计补充表 that stands twice, of an item by units a unit that does (补充项目重复).
SELECT
    max_by(told.file, (told.file, told.sheet, told.row_no)) AS file,
    max_by(told.sheet, (told.file, told.sheet, told.row_no)) AS sheet,
    max_by(item.cell, (told.file, told.sheet, told.row_no)) AS cell,
    known.label || coalesce('（' || unit.short_name || '）', '') AS value,
    1 AS places,
    count(*) AS times,
    CASE WHEN min(told.file) < max(told.file) THEN min(told.file) || '!' ELSE '' END
    || min_by(item.cell, (told.file, told.sheet, told.row_no)) AS "first"
FROM core.supplement AS told
INNER JOIN reference.supplement AS known ON told.supplement_id = known.supplement_id
INNER JOIN raw.cell AS item
    ON
        (told.file, told.sheet, told.row_no) = (item.file, item.sheet, item.row_no)
        AND item.field = 'supplement_id'
LEFT JOIN reference.unit AS unit ON known.kind = 'units' AND told.unit_id = unit.unit_id
GROUP BY known.label, unit.short_name
HAVING count(*) > 1
