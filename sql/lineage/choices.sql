-- The cells of 语句选择 that can move what is printed of a figure (语句选择的影响): a statement said or not, how long its list
-- is, how many tie groups it tells of, how many decimals it prints.
SELECT DISTINCT
    known.figure,
    given.file,
    given.sheet,
    given.cell
FROM raw.cell AS given
INNER JOIN raw.cell AS said
    ON
        (given.file, given.sheet, given.row_no) = (said.file, said.sheet, said.row_no)
        AND said.layout = 'info_choice' AND said.field = 'statement'
INNER JOIN reference.printed AS known ON said.value = known.statement_id
WHERE given.layout = 'info_choice'
