-- 点名 set for a statement that blames nobody (点名设置不适用).
SELECT
    content.file,
    content.sheet,
    content.cell,
    content.text AS value,
    1 AS places,
    known.label AS statement
FROM raw.sound AS name
INNER JOIN raw.sound AS content
    ON (name.file, name.sheet, name.row_no) = (content.file, content.sheet, content.row_no)
INNER JOIN reference.statement AS known ON name.value = known.statement_id
WHERE
    name.layout = 'info_choice' AND name.field = 'statement' AND content.field = 'naming'
    AND content.value <> '' AND known.naming = 'free'
