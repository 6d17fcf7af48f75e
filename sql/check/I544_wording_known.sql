-- A 措辞 that the statement does not have (措辞不可选).
WITH variant AS (
    SELECT
        statement_id,
        unnest(string_split(wordings, '、')) AS wording
    FROM reference.statement
)

SELECT
    content.file,
    content.sheet,
    content.cell,
    content.value,
    1 AS places,
    any_value(known.label) AS statement,
    coalesce(
        nullif(arg_max(variant.wording, jaro_winkler_similarity(variant.wording, content.value)), ''), '留空'
    ) AS nearest
FROM raw.sound AS name
INNER JOIN raw.sound AS content
    ON (name.file, name.sheet, name.row_no) = (content.file, content.sheet, content.row_no)
INNER JOIN reference.statement AS known ON name.value = known.statement_id
INNER JOIN variant ON known.statement_id = variant.statement_id
WHERE
    name.layout = 'info_choice' AND name.field = 'statement' AND content.field = 'wording' AND content.value <> ''
GROUP BY content.file, content.sheet, content.cell, content.value
HAVING NOT bool_or(variant.wording = content.value)
