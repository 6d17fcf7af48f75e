-- A practice under the section of the other group of units (做法所列部分不符).
WITH practice AS (
    SELECT
        file,
        sheet,
        row_no,
        max(value) FILTER (WHERE field = 'section') AS section,
        max(text) FILTER (WHERE field = 'section') AS written,
        max(value) FILTER (WHERE field = 'unit_id') AS unit_id,
        max(cell) FILTER (WHERE field = 'unit_id') AS cell
    FROM raw.sound
    WHERE layout = 'info_practice'
    GROUP BY file, sheet, row_no
)

SELECT
    practice.file,
    practice.sheet,
    practice.cell,
    unit.short_name AS value,
    1 AS places,
    practice.written AS section
FROM practice
INNER JOIN reference.unit AS unit ON practice.unit_id = unit.unit_id
WHERE
    (practice.section = 'district_sites' AND unit.unit_group <> 'district')
    OR (practice.section = 'department_sites' AND unit.unit_group <> 'department')
