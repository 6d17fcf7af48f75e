-- An item of 统计补充表 whose total is not the part of the item that it continues (补充项目前后不符).
SELECT
    told.file,
    told.sheet,
    total.cell,
    told.total AS value,
    1 AS places,
    known.label AS item,
    base.label AS base,
    coalesce(whole.part::VARCHAR, '未填') AS expected
FROM core.supplement AS told
INNER JOIN reference.supplement AS known ON told.supplement_id = known.supplement_id
INNER JOIN reference.supplement AS base ON known.within = base.supplement_id
INNER JOIN raw.cell AS total
    ON (told.file, told.sheet, told.row_no) = (total.file, total.sheet, total.row_no) AND total.field = 'total'
LEFT JOIN core.supplement AS whole ON base.supplement_id = whole.supplement_id
WHERE told.total IS NOT NULL AND told.total IS DISTINCT FROM whole.part
