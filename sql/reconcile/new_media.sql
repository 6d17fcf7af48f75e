-- Every figure of new-media accounts again (政务新媒体核对), from the rows of the inspection table.
WITH owned AS (
    SELECT
        account.passed,
        account.platform_id,
        unit.unit_id,
        unit.unit_group,
        unit.short_name,
        unit.roster_no
    FROM core.account AS account
    INNER JOIN reference.unit AS unit ON account.unit_id = unit.unit_id
),

per_unit AS (
    SELECT
        unit_group,
        short_name,
        roster_no,
        bool_and(passed) AS at_100
    FROM owned
    GROUP BY unit_group, short_name, roster_no
),

sections AS (
    SELECT
        'new_media.' || part.name || 's' AS section,
        part.name AS unit_group
    FROM (SELECT unnest(['district', 'department']) AS name) AS part
),

figures AS (
    SELECT
        'new_media.accounts' AS id,
        count(*)::DECIMAL(12, 2) AS numerator,
        count(*) AS denominator,
        []::VARCHAR[] AS members
    FROM owned
    UNION ALL
    SELECT 'new_media.rate', count(*) FILTER (WHERE passed), count(*), [] FROM owned HAVING count(*) > 0
    UNION ALL
    SELECT
        'new_media.platforms.' || platform.platform_id || '.accounts',
        count(owned.unit_id),
        (SELECT count(*) FROM owned),
        []
    FROM reference.platform AS platform
    LEFT JOIN owned ON platform.platform_id = owned.platform_id
    GROUP BY platform.platform_id
    UNION ALL
    SELECT 'new_media.platforms.' || platform_id || '.rate', count(*) FILTER (WHERE passed), count(*), []
    FROM owned
    GROUP BY platform_id
    UNION ALL
    SELECT sections.section || '.rate', count(*) FILTER (WHERE owned.passed), count(*), []
    FROM owned
    INNER JOIN sections ON owned.unit_group = sections.unit_group
    GROUP BY sections.section
    UNION ALL
    SELECT
        sections.section || '.units_at_100',
        count(*) FILTER (WHERE per_unit.at_100),
        count(per_unit.short_name),
        coalesce(list(per_unit.short_name ORDER BY per_unit.roster_no) FILTER (WHERE per_unit.at_100), [])
    FROM sections
    LEFT JOIN per_unit ON sections.unit_group = per_unit.unit_group
    GROUP BY sections.section
)

SELECT
    id,
    numerator::DECIMAL(12, 2) AS numerator,
    denominator::BIGINT AS denominator,
    members
FROM figures
