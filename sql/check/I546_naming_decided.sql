-- A statement that names units for faults, without the role that decided it (点名没有决定人).
SELECT
    naming.file,
    naming.sheet,
    naming.cell,
    known.label AS value,
    1 AS places
FROM raw.sound AS name
INNER JOIN raw.sound AS naming
    ON (name.file, name.sheet, name.row_no) = (naming.file, naming.sheet, naming.row_no) AND naming.field = 'naming'
INNER JOIN reference.statement AS known ON name.value = known.statement_id
LEFT JOIN raw.sound AS decided
    ON
        (name.file, name.sheet, name.row_no) = (decided.file, decided.sheet, decided.row_no)
        AND decided.field = 'decided_by' AND decided.value <> ''
WHERE
    name.layout = 'info_choice' AND name.field = 'statement' AND naming.value = 'named' AND known.naming <> 'free'
    AND decided.cell IS NULL
