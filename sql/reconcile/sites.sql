-- Every figure of all sites together again (全部网站核对): of this quarter from the sheets' printed totals, of earlier
-- quarters from the rows of their score tables.
WITH site AS (
    SELECT
        *,
        level = 'unqualified' AS failed
    FROM core.outcome
),

again AS (
    SELECT site.failed
    FROM site
    INNER JOIN raw.last_site AS last_site ON site.site_code = last_site.site_code
    WHERE NOT last_site.passed
),

-- quarters numbered one after the other
numbered AS (
    SELECT
        policy.quarter[1:4]::INTEGER * 4 + policy.quarter[6]::INTEGER AS now,
        (
            SELECT
                coalesce(
                    list(file.earlier[1:4]::INTEGER * 4 + file.earlier[6]::INTEGER) FILTER (
                        WHERE
                        file.content::JSON ->> '$.rule_book' = policy.rule_book
                        AND NOT list_contains(file.content::JSON ->> '$.*.rows[*].passed', 'false')
                    ),
                    []
                )
            FROM raw.earlier AS file
        ) AS sound
    FROM reference.policy AS policy
),

streak AS (
    SELECT min(before.gap) AS quarters
    FROM numbered
    CROSS JOIN range(1, 1000) AS before (gap)
    WHERE NOT list_contains(numbered.sound, numbered.now - before.gap)
),

-- sites that were unqualified in an earlier quarter, and how many quarters ago
failed_before AS (
    SELECT
        numbered.now - (file.earlier[1:4]::INTEGER * 4 + file.earlier[6]::INTEGER) AS gap,
        unnest(file.content::JSON -> '$.*.rows[*]') AS listed
    FROM raw.earlier AS file
    CROSS JOIN numbered
    INNER JOIN reference.policy AS policy ON file.content::JSON ->> '$.rule_book' = policy.rule_book
),

-- for how many quarters in a row each site is unqualified, up to this one
lasting AS (
    SELECT
        site.site_name,
        site.roster_no,
        min(before.gap) AS quarters
    FROM site
    CROSS JOIN range(1, 1000) AS before (gap)
    LEFT JOIN failed_before
        ON
            before.gap = failed_before.gap
            AND site.site_code = split_part(failed_before.listed ->> '$.id', '.', 3)
            AND NOT (failed_before.listed ->> '$.passed')::BOOLEAN
    WHERE site.failed AND failed_before.gap IS NULL
    GROUP BY site.site_name, site.roster_no
),

-- a register can be compared only where both quarters inspected every site of it
complete AS (
    SELECT TRUE AS whole
    FROM raw.last_quarter AS last_quarter
    WHERE
        last_quarter.content ->> '$.sites.inspected.value' = last_quarter.content ->> '$.sites.registered.value'
        AND NOT EXISTS (
            SELECT 1 FROM reference.site AS known
            WHERE known.site_code NOT IN (SELECT site.site_code FROM site)
        )
),

figures AS (
    SELECT
        'sites.registered' AS id,
        count(*)::DECIMAL(12, 2) AS numerator,
        count(*) AS denominator,
        []::VARCHAR[] AS members
    FROM reference.site
    UNION ALL
    SELECT 'sites.' || part.name, count(*), (SELECT count(*) FROM reference.site), []
    FROM site
    CROSS JOIN (SELECT unnest(['inspected', 'share']) AS name) AS part
    GROUP BY part.name
    UNION ALL
    SELECT 'sites.rate', count(*) FILTER (WHERE NOT failed), count(*), [] FROM site
    UNION ALL
    SELECT 'sites.basic', count(*) FILTER (WHERE level = 'basic'), count(*), [] FROM site
    UNION ALL
    SELECT
        'sites.unqualified',
        count(*) FILTER (WHERE failed),
        count(*),
        coalesce(list(site_name ORDER BY roster_no) FILTER (WHERE failed), [])
    FROM site
    UNION ALL
    SELECT 'sites.reasons.' || veto, count(*), (SELECT count(*) FROM site AS other WHERE other.failed), []
    FROM site
    WHERE failed
    GROUP BY veto
    UNION ALL
    SELECT
        'sites.streak',
        CASE WHEN EXISTS (SELECT 1 FROM site WHERE site.failed) THEN 0 ELSE quarters END,
        CASE WHEN EXISTS (SELECT 1 FROM site WHERE site.failed) THEN 0 ELSE quarters END,
        []
    FROM streak
    UNION ALL
    SELECT
        'sites.rechecked',
        (SELECT count(*) FROM again),
        (SELECT count(*) FROM raw.last_site AS last_site WHERE NOT last_site.passed),
        []
    FROM raw.last_quarter
    UNION ALL
    SELECT
        'sites.recovered',
        (SELECT count(*) FROM again WHERE NOT again.failed),
        (SELECT count(*) FROM again),
        []
    FROM raw.last_quarter
    UNION ALL
    SELECT
        'sites.repeats.' || quarters || '.sites',
        count(*),
        (SELECT count(*) FROM site WHERE site.failed),
        list(site_name ORDER BY roster_no)
    FROM lasting
    WHERE quarters > 1
    GROUP BY quarters
    UNION ALL
    SELECT DISTINCT
        'sites.repeats.' || quarters || '.quarters',
        quarters AS numerator,
        quarters AS denominator,
        []
    FROM lasting
    WHERE quarters > 1
    UNION ALL
    SELECT
        'sites.added',
        count(*) FILTER (WHERE last_site.site_code IS NULL),
        count(*),
        coalesce(list(site.site_name ORDER BY site.roster_no) FILTER (WHERE last_site.site_code IS NULL), [])
    FROM site
    CROSS JOIN complete
    LEFT JOIN raw.last_site AS last_site ON site.site_code = last_site.site_code
    HAVING count(*) > 0
    UNION ALL
    SELECT
        'sites.closed',
        count(*) FILTER (WHERE site.site_code IS NULL),
        count(*),
        coalesce(
            list(last_site.site_name ORDER BY last_site.section DESC, last_site.number ASC) FILTER (
                WHERE site.site_code IS NULL
            ),
            []
        )
    FROM raw.last_site AS last_site
    CROSS JOIN complete
    LEFT JOIN site ON last_site.site_code = site.site_code
    HAVING count(*) > 0
)

SELECT
    id,
    numerator::DECIMAL(12, 2) AS numerator,
    denominator::BIGINT AS denominator,
    members
FROM figures
