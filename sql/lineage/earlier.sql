-- What earlier quarters say that can move a figure of this one (前期数据的来源): of facts files, which have no cells, what
-- is inside, by the id of the figure in place of the sheet; then the cells of 前期数据.
WITH moved (figure, inside, compared) AS (
    VALUES
    ('sites.streak', ['sites.unqualified', 'district_sites.rows', 'department_sites.rows'], 'any'),
    ('sites.rechecked', ['district_sites.rows', 'department_sites.rows'], 'last'),
    ('sites.recovered', ['district_sites.rows', 'department_sites.rows'], 'last'),
    ('sites.repeats.*.quarters', ['district_sites.rows', 'department_sites.rows'], 'any'),
    ('sites.repeats.*.sites', ['district_sites.rows', 'department_sites.rows'], 'any'),
    (
        'sites.added',
        ['district_sites.rows', 'department_sites.rows', 'sites.inspected', 'sites.registered'],
        'last'
    ),
    (
        'sites.closed',
        ['district_sites.rows', 'department_sites.rows', 'sites.inspected', 'sites.registered'],
        'last'
    ),
    ('@_sites.change', ['@_sites.average', 'policy.rounding'], 'last'),
    ('@_sites.year_change', ['@_sites.average', 'policy.rounding'], 'year'),
    ('@_sites.rises.*', ['@_sites.rows'], 'last'),
    ('new_media.accounts_change', ['new_media.accounts'], 'last'),
    ('new_media.rate_change', ['new_media.rate', 'policy.rounding'], 'last'),
    ('new_media.@s.change', ['new_media.@s.average', 'policy.rounding'], 'last'),
    ('new_media.platforms.#.change', ['new_media.platforms.#.accounts', 'new_media.taxonomy'], 'last')
),

-- `@` stands for districts and for departments, `#` for each platform; of another rule book nothing is compared
known AS (
    SELECT DISTINCT
        replace(replace(moved.figure, '@', grp.site_group), '#', platform.platform_id) AS figure,
        replace(
            replace(unnest(list_append(moved.inside, 'rule_book')), '@', grp.site_group), '#', platform.platform_id
        ) AS inside,
        moved.compared
    FROM moved
    CROSS JOIN reference.site_group AS grp
    CROSS JOIN reference.platform AS platform
),

compared AS (
    SELECT
        file.file,
        unnest(
            CASE file.earlier
                WHEN
                    CASE
                        WHEN policy.quarter LIKE '%Q1' THEN (policy.quarter[1:4]::INTEGER - 1)::VARCHAR || 'Q4'
                        ELSE policy.quarter[1:5] || (policy.quarter[6]::INTEGER - 1)::VARCHAR
                    END THEN ['any', 'last']
                WHEN (policy.quarter[1:4]::INTEGER - 1)::VARCHAR || policy.quarter[5:6] THEN ['any', 'year']
                ELSE ['any']
            END
        ) AS compared
    FROM raw.earlier AS file
    CROSS JOIN reference.policy AS policy
)

SELECT
    known.figure,
    compared.file,
    known.inside AS sheet,
    '' AS cell
FROM known
INNER JOIN compared ON known.compared = compared.compared
UNION ALL
SELECT
    coalesce(known.section, '*') || unnest(['.change', '.year_change']) AS figure,
    given.file,
    given.sheet,
    given.cell
FROM raw.cell AS given
LEFT JOIN raw.cell AS item
    ON
        given.field = 'value'
        AND (given.file, given.sheet, given.row_no) = (item.file, item.sheet, item.row_no)
        AND item.layout = 'info_earlier' AND item.field = 'item'
LEFT JOIN reference.baseline AS known ON item.value = known.item
WHERE given.layout = 'info_earlier'
