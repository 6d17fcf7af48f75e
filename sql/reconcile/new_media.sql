-- Every figure of new-media accounts again (政务新媒体核对), from the rows of the inspection table.
WITH owned AS (
    SELECT
        account.passed,
        CASE WHEN account.passed THEN account.score ELSE policy.veto_score END AS score,
        policy.account_mark,
        account.platform_id,
        unit.unit_id,
        unit.unit_group,
        unit.short_name,
        unit.roster_no
    FROM core.account AS account
    INNER JOIN reference.unit AS unit ON account.unit_id = unit.unit_id
    CROSS JOIN reference.policy AS policy
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

totals AS (
    SELECT
        unit_group,
        count(*) AS accounts,
        count(score) FILTER (WHERE account_mark IS NOT NULL) AS scored
    FROM owned
    GROUP BY unit_group
),

failed AS (
    SELECT
        '“' || account.account || '”' || platform.name AS quoted,
        account.veto,
        unit.short_name,
        row_number() OVER (ORDER BY unit.roster_no, account.file, account.sheet, account.row_no) AS number
    FROM core.account AS account
    INNER JOIN reference.unit AS unit ON account.unit_id = unit.unit_id
    INNER JOIN reference.platform AS platform ON account.platform_id = platform.platform_id
    WHERE NOT account.passed
),

vetoes AS (
    SELECT
        count(*) AS accounts,
        row_number() OVER (ORDER BY count(*) DESC, min(number) ASC) AS number
    FROM failed
    GROUP BY veto
),

faulty AS (
    SELECT
        short_name,
        count(*) AS accounts,
        min(number) AS first_no
    FROM failed
    GROUP BY short_name
),

worst AS (
    SELECT faulty.*
    FROM faulty
    CROSS JOIN core.info_choice AS choice
    WHERE
        choice.statement_id = 'account_concentration'
        AND (SELECT count(*) FROM faulty AS more WHERE more.accounts > faulty.accounts) < choice.groups
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
    SELECT sections.section || '.average', sum(owned.score), count(owned.score), []
    FROM owned
    INNER JOIN sections ON owned.unit_group = sections.unit_group
    WHERE owned.account_mark IS NOT NULL
    GROUP BY sections.section
    HAVING count(owned.score) > 0
    UNION ALL
    SELECT
        sections.section || '.units_at_100',
        count(*) FILTER (WHERE per_unit.at_100),
        count(per_unit.short_name),
        coalesce(list(per_unit.short_name ORDER BY per_unit.roster_no) FILTER (WHERE per_unit.at_100), [])
    FROM sections
    LEFT JOIN per_unit ON sections.unit_group = per_unit.unit_group
    GROUP BY sections.section
    UNION ALL
    SELECT
        sections.section || '.units_below',
        count(*) FILTER (WHERE NOT per_unit.at_100),
        count(per_unit.short_name),
        coalesce(list(per_unit.short_name ORDER BY per_unit.roster_no) FILTER (WHERE NOT per_unit.at_100), [])
    FROM sections
    LEFT JOIN per_unit ON sections.unit_group = per_unit.unit_group
    GROUP BY sections.section
    UNION ALL
    SELECT sections.section || part.name, coalesce(totals.accounts, 0), (SELECT count(*) FROM owned), []
    FROM sections
    CROSS JOIN (SELECT unnest(['.accounts', '.share']) AS name) AS part
    LEFT JOIN totals ON sections.unit_group = totals.unit_group
    WHERE part.name = '.accounts' OR EXISTS (SELECT 1 FROM owned)
    UNION ALL
    SELECT sections.section || '.scored', coalesce(totals.scored, 0), coalesce(totals.accounts, 0), []
    FROM sections
    LEFT JOIN totals ON sections.unit_group = totals.unit_group
    UNION ALL
    SELECT sections.section || '.full_mark', policy.account_mark, 0, []
    FROM sections
    INNER JOIN reference.policy AS policy ON policy.account_mark IS NOT NULL
    UNION ALL
    SELECT
        'new_media.unqualified',
        count(*),
        (SELECT count(*) FROM owned),
        coalesce(list(quoted ORDER BY number), [])
    FROM failed
    UNION ALL
    SELECT 'new_media.vetoes.' || number || '.accounts', accounts, (SELECT count(*) FROM failed), []
    FROM vetoes
    UNION ALL
    SELECT
        'new_media.faulty_units',
        count(*),
        (SELECT count(*) FROM per_unit),
        coalesce(list(short_name ORDER BY first_no), [])
    FROM faulty
    UNION ALL
    SELECT
        'new_media.worst',
        count(*),
        (SELECT count(*) FROM faulty),
        coalesce(list(short_name ORDER BY accounts DESC, first_no ASC), [])
    FROM worst
    UNION ALL
    SELECT 'new_media.worst_share', sum(accounts), (SELECT count(*) FROM failed), [] FROM worst HAVING count(*) > 0
)

SELECT
    id,
    numerator::DECIMAL(12, 2) AS numerator,
    denominator::BIGINT AS denominator,
    members
FROM figures
