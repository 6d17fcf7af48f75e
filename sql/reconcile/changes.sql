-- Every change of an average again (变化核对), against the quarter before and, of sites, the same quarter of last year,
-- under one rule book. Averages are whole hundredths over a count, rounded once in whole numbers; scores come from the
-- totals that the sheets print.
WITH compared_with AS (
    SELECT
        'change' AS leaf,
        '%' AS sections,
        CASE
            WHEN policy.quarter LIKE '%Q1' THEN (policy.quarter[1:4]::INTEGER - 1)::VARCHAR || 'Q4'
            ELSE policy.quarter[1:5] || (policy.quarter[6]::INTEGER - 1)::VARCHAR
        END AS before
    FROM reference.policy AS policy
    UNION ALL
    SELECT
        'year_change',
        '%_sites',
        (policy.quarter[1:4]::INTEGER - 1)::VARCHAR || policy.quarter[5:6]
    FROM reference.policy AS policy
),

measured AS (
    SELECT
        site.site_group || '_sites' AS section,
        (CASE WHEN result.veto = 'none' THEN result.printed_total ELSE policy.veto_score END * 100)::BIGINT AS score,
        coalesce(choice.decimals, policy.score_decimals) AS decimals
    FROM core.site_result AS result
    INNER JOIN reference.site AS site ON result.site_code = site.site_code
    INNER JOIN core.info_choice AS choice ON choice.statement_id = site.site_group || '_average'
    CROSS JOIN reference.policy AS policy
    UNION ALL
    SELECT
        'new_media.' || unit.unit_group || 's',
        (CASE WHEN account.passed THEN account.score ELSE policy.veto_score END * 100)::BIGINT,
        coalesce(choice.decimals, policy.account_decimals)
    FROM core.account AS account
    INNER JOIN reference.unit AS unit ON account.unit_id = unit.unit_id
    INNER JOIN core.info_choice AS choice ON choice.statement_id = unit.unit_group || '_account_average'
    INNER JOIN reference.policy AS policy ON policy.account_mark IS NOT NULL
),

now AS (
    SELECT
        measured.section,
        sum(measured.score)::BIGINT AS total,
        count(measured.score) AS scored,
        (10 ** any_value(measured.decimals))::BIGINT AS parts,
        any_value(policy.half_even) AS half_even
    FROM measured
    CROSS JOIN reference.policy AS policy
    GROUP BY measured.section
    HAVING count(measured.score) > 0
),

given AS (
    SELECT
        now.section,
        compared_with.leaf,
        ((file.content::JSON ->> ('$.' || now.section || '.average.total'))::DECIMAL(12, 2) * 100)::BIGINT AS total,
        (file.content::JSON ->> ('$.' || now.section || '.average.count'))::BIGINT AS scored,
        (10 ** (file.content::JSON ->> ('$.' || now.section || '.average.decimals'))::INTEGER)::BIGINT AS parts,
        file.content::JSON ->> '$.policy.rounding' = 'half_even' AS half_even
    FROM raw.earlier AS file
    INNER JOIN reference.policy AS policy ON file.content::JSON ->> '$.rule_book' = policy.rule_book
    INNER JOIN compared_with ON file.earlier = compared_with.before
    INNER JOIN now ON now.section LIKE compared_with.sections
    WHERE file.content::JSON ->> ('$.' || now.section || '.average.count') IS NOT NULL
),

-- what 季度信息 declares, where no facts file says it: a printed value
declared AS (
    SELECT
        now.section,
        compared_with.leaf,
        rounded((info.value * 10000)::BIGINT * now.parts, 10000, now.half_even) * (100 // now.parts) AS total,
        1 AS scored,
        now.parts,
        now.half_even
    FROM core.info_earlier AS info
    INNER JOIN compared_with ON info.earlier = compared_with.before
    INNER JOIN reference.baseline AS baseline ON info.item = baseline.item
    INNER JOIN now ON baseline.section = now.section AND now.section LIKE compared_with.sections
    ANTI JOIN given ON (now.section, compared_with.leaf) = (given.section, given.leaf)
),

earlier AS (
    SELECT * FROM given
    UNION ALL
    SELECT * FROM declared
),

compared AS (
    SELECT
        now.section || '.' || earlier.leaf AS id,
        rounded(now.total * now.parts, 100 * now.scored, now.half_even) * (100 // now.parts) AS now_printed,
        rounded(earlier.total * earlier.parts, 100 * earlier.scored, earlier.half_even) * (100 // earlier.parts)
            AS earlier_printed,
        rounded(
            (now.total * earlier.scored - earlier.total * now.scored) * now.parts,
            100 * now.scored * earlier.scored,
            now.half_even
        ) * (100 // now.parts) AS exactly
    FROM now
    INNER JOIN earlier ON now.section = earlier.section
)

SELECT
    compared.id,
    (
        CASE
            WHEN policy.exact_change THEN compared.exactly
            ELSE compared.now_printed - compared.earlier_printed
        END * 0.01
    )::DECIMAL(12, 2) AS numerator,
    compared.earlier_printed::BIGINT AS denominator,
    []::VARCHAR[] AS members
FROM compared
CROSS JOIN reference.policy AS policy
