-- Dates outside the window declared for their column (日期超出规定范围): one finding per column, with its count. A
-- window whose ends are exchanged is left to I549.
SELECT
    dated.file,
    dated.sheet,
    arg_min(dated.cell, dated.row_no) AS cell,
    arg_min(dated.text, dated.row_no) AS value,
    count(*) AS places,
    known.header AS "column",
    declared.start_on AS start,
    declared.end_on AS "end"
FROM raw.cell AS dated
INNER JOIN core.info_window AS declared ON dated.layout = declared.layout AND dated.field = declared.field
INNER JOIN reference.layout_column AS known ON dated.layout = known.layout AND dated.field = known.field
WHERE
    dated.state = 'ok' AND dated.value::DATE NOT BETWEEN declared.start_on AND declared.end_on
    AND declared.start_on <= declared.end_on
GROUP BY dated.file, dated.sheet, known.header, declared.start_on, declared.end_on
