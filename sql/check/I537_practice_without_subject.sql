-- A practice that begins with its own unit or account (做法重复主语): the notice puts it there.
WITH practice AS (
    SELECT
        file,
        sheet,
        row_no,
        max(value) FILTER (WHERE field = 'unit_id') AS unit_id,
        coalesce(max(value) FILTER (WHERE field = 'account'), '') AS account,
        max(value) FILTER (WHERE field = 'content') AS content,
        max(cell) FILTER (WHERE field = 'content') AS cell
    FROM raw.sound
    WHERE layout = 'info_practice'
    GROUP BY file, sheet, row_no
)

SELECT
    practice.file,
    practice.sheet,
    practice.cell,
    CASE WHEN starts_with(practice.content, unit.short_name) THEN unit.short_name ELSE practice.account END AS value,
    1 AS places
FROM practice
INNER JOIN reference.unit AS unit ON practice.unit_id = unit.unit_id
WHERE
    starts_with(practice.content, unit.short_name)
    OR (practice.account <> '' AND starts_with(ltrim(practice.content, '“"'), practice.account))
