-- A part that is larger than its total (其中大于总数).
SELECT
    told.file,
    told.sheet,
    part.cell,
    told.part AS value,
    1 AS places,
    known.label AS item,
    told.total
FROM core.supplement AS told
INNER JOIN reference.supplement AS known ON told.supplement_id = known.supplement_id
INNER JOIN raw.cell AS part
    ON (told.file, told.sheet, told.row_no) = (part.file, part.sheet, part.row_no) AND part.field = 'part'
WHERE told.part > told.total
