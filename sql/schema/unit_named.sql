-- Units whose name a problem has in its words (问题中点名的单位), by the number of the problem.
CREATE OR REPLACE VIEW core.unit_named AS
SELECT
    passage.file,
    passage.sheet,
    passage.cell,
    paragraph.number,
    unit.unit_id,
    unit.short_name
FROM raw.text AS passage
INNER JOIN core.info_paragraph AS paragraph
    ON
        (passage.file, passage.sheet, passage.row_no) = (paragraph.file, paragraph.sheet, paragraph.row_no)
        AND paragraph.section = 'problem'
INNER JOIN reference.unit AS unit
    ON contains(passage.plain, folded(unit.short_name)) OR contains(passage.plain, folded(unit.full_name))
WHERE passage.section = 'problem'
