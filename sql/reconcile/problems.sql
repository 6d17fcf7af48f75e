-- Every figure of the confirmed problems again (存在的问题核对), from the ledger, the score sheets and 季度信息.
WITH confirmed AS (
    SELECT deduction.site_code
    FROM core.deduction AS deduction
    INNER JOIN reference.site AS site ON deduction.site_code = site.site_code
    WHERE deduction.confirmed
),

inspected AS (
    SELECT
        unit.roster_no,
        unit.short_name,
        bool_and(
            result.veto = 'none' AND result.site_code NOT IN (SELECT row.site_code FROM confirmed AS row)
        ) AS clean
    FROM core.site_result AS result
    INNER JOIN reference.site AS site ON result.site_code = site.site_code
    INNER JOIN reference.unit AS unit ON site.unit_id = unit.unit_id
    GROUP BY unit.roster_no, unit.short_name
),

figures AS (
    SELECT
        'problems.rows' AS id,
        count(*) AS numerator,
        count(*) AS denominator,
        [] AS members
    FROM confirmed
    UNION ALL
    SELECT
        'problems.sites' AS id,
        count(DISTINCT site_code) AS numerator,
        (SELECT count(*) FROM core.site_result) AS denominator,
        [] AS members
    FROM confirmed
    UNION ALL
    SELECT
        'problems.clean_units' AS id,
        count(*) FILTER (WHERE clean) AS numerator,
        count(*) AS denominator,
        coalesce(list(short_name ORDER BY roster_no) FILTER (WHERE clean), []) AS members
    FROM inspected
),

concerned AS (
    SELECT
        paragraph.number,
        list(DISTINCT ground.unit_id) FILTER (WHERE ground.unit_id IS NOT NULL) AS units
    FROM core.info_paragraph AS paragraph
    LEFT JOIN core.grounds AS ground
        ON (paragraph.section, paragraph.number) = (ground.section, ground.number)
    WHERE paragraph.section = 'problem'
    GROUP BY paragraph.number
)

SELECT
    figures.id,
    figures.numerator::DECIMAL(12, 2) AS numerator,
    figures.denominator::BIGINT AS denominator,
    figures.members::VARCHAR[] AS members
FROM figures
CROSS JOIN reference.policy AS policy
WHERE NOT policy.totals_only
UNION ALL
SELECT
    'problems.concerned.' || concerned.number,
    coalesce(len(concerned.units), 0)::DECIMAL(12, 2),
    (SELECT count(*) FROM reference.unit),
    coalesce(
        (
            SELECT list(unit.short_name ORDER BY unit.roster_no)
            FROM reference.unit AS unit
            WHERE list_contains(concerned.units, unit.unit_id)
        ),
        []
    )
FROM concerned
