-- The cells of the messages, and of the window they are counted in, that can move a figure of 找错, or of the units that
-- a paragraph of problems concerns (找错留言数字的来源). The number of a message stands for the row itself, which a count
-- counts; `#` stands for the unit of the message.
WITH moved (field, figures) AS (
    VALUES
    (
        'report_no',
        [
            'messages', 'districts', 'departments', 'types', 'on_time', 'top', 'top_share', 'top_on_time', 'late',
            'late_units', 'rows.#.*'
        ]
    ),
    ('type_id', ['types']),
    ('unit_id', ['districts', 'departments', 'top', 'top_share', 'top_on_time', 'late_units', 'rows.*']),
    ('status_id', ['on_time', 'top_on_time', 'late', 'late_units', 'rows.#.*']),
    ('created_at', ['on_time', 'top_on_time', 'late', 'late_units', 'rows.#.*']),
    ('closed_at', ['on_time', 'top_on_time', 'late', 'late_units', 'rows.#.*']),
    ('window', ['on_time', 'top_on_time', 'late', 'late_units', 'rows.*'])
),

told AS (
    SELECT
        given.file,
        given.sheet,
        given.cell,
        given.field,
        coalesce(unit.unit_id, '*') AS unit_id
    FROM raw.cell AS given
    LEFT JOIN raw.cell AS owner
        ON
            (given.file, given.sheet, given.row_no) = (owner.file, owner.sheet, owner.row_no)
            AND owner.layout = 'error_report' AND owner.field = 'unit_id'
    LEFT JOIN reference.unit AS unit ON owner.value = unit.unit_id
    WHERE given.layout = 'error_report'
    UNION ALL
    SELECT
        given.file,
        given.sheet,
        given.cell,
        'window' AS field,
        '*' AS unit_id
    FROM raw.cell AS given
    INNER JOIN raw.cell AS title
        ON
            (given.file, given.sheet, given.row_no) = (title.file, title.sheet, title.row_no)
            AND title.layout = 'info_window' AND title.field = 'table'
    INNER JOIN raw.cell AS header
        ON
            (given.file, given.sheet, given.row_no) = (header.file, header.sheet, header.row_no)
            AND header.layout = 'info_window' AND header.field = 'column'
    INNER JOIN reference.layout_column AS known
        ON
            title.value = known.title AND header.value = known.header
            AND known.layout = 'error_report' AND known.field = 'created_at'
    WHERE given.layout = 'info_window'
)

SELECT
    'error_reports.' || replace(unnest(moved.figures), '#', told.unit_id) AS figure,
    told.file,
    told.sheet,
    told.cell
FROM told
INNER JOIN moved ON told.field = moved.field
UNION ALL
SELECT
    'problems.concerned.*' AS figure,
    told.file,
    told.sheet,
    told.cell
FROM told
WHERE told.field IN (SELECT moved.field FROM moved)
