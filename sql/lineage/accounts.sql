-- The cells of the table of accounts that can move a figure of new media (政务新媒体数字的来源): `#` stands for the platform of
-- the row, `@` for districts or departments. The name of an account stands for the row itself, which a count counts.
WITH moved (field, figures) AS (
    VALUES
    (
        'account',
        [
            'accounts', 'accounts_change', 'rate', 'rate_change', 'platforms.*.accounts', 'platforms.#.change',
            'platforms.#.rate', 'd*s.accounts', 'd*s.share', '@.rate', '@.units_at_100', '@.units_below', '@.scored',
            'unqualified'
        ]
    ),
    ('platform_id', ['platforms.*', 'unqualified']),
    (
        'unit_id',
        [
            'd*s.accounts', 'd*s.share', 'd*s.rate', 'd*s.units_*', 'd*s.scored', 'd*s.average', 'd*s.change',
            'unqualified', 'vetoes.*', 'faulty_units', 'worst', 'worst_share'
        ]
    ),
    (
        'passed',
        [
            'rate', 'rate_change', 'platforms.#.rate', '@.rate', '@.units_at_100', '@.units_below', '@.scored',
            '@.average', '@.change', 'unqualified', 'vetoes.*', 'faulty_units', 'worst', 'worst_share'
        ]
    ),
    ('score', ['@.average', '@.change', '@.scored']),
    ('veto', ['vetoes.*'])
),

told AS (
    SELECT
        given.file,
        given.sheet,
        given.cell,
        given.field,
        coalesce(platform.platform_id, '*') AS platform,
        coalesce(unit.unit_group || 's', 'd*s') AS section
    FROM raw.cell AS given
    LEFT JOIN raw.cell AS used
        ON
            (given.file, given.sheet, given.row_no) = (used.file, used.sheet, used.row_no)
            AND used.layout = 'account' AND used.field = 'platform_id'
    LEFT JOIN reference.platform AS platform ON used.value = platform.platform_id
    LEFT JOIN raw.cell AS owner
        ON
            (given.file, given.sheet, given.row_no) = (owner.file, owner.sheet, owner.row_no)
            AND owner.layout = 'account' AND owner.field = 'unit_id'
    LEFT JOIN reference.unit AS unit ON owner.value = unit.unit_id
    WHERE given.layout = 'account'
)

SELECT
    'new_media.' || replace(replace(unnest(moved.figures), '#', told.platform), '@', told.section) AS figure,
    told.file,
    told.sheet,
    told.cell
FROM told
INNER JOIN moved ON told.field = moved.field
UNION ALL
SELECT
    'problems.concerned.*' AS figure,
    file,
    sheet,
    cell
FROM told
WHERE field IN ('unit_id', 'passed', 'veto')
