-- Changes of the number of accounts and of their pass rate again (账号变化核对): against the facts of the quarter before,
-- under one rule book, of platforms under one taxonomy. Rates are whole parts of a hundredth of a per cent.
WITH owned AS (
    SELECT
        account.platform_id,
        account.passed
    FROM core.account AS account
    INNER JOIN reference.unit AS unit ON account.unit_id = unit.unit_id
),

counts AS (
    SELECT
        'new_media.accounts_change' AS id,
        (SELECT count(*) FROM owned) AS now,
        (before.content ->> '$.new_media.accounts.value')::BIGINT AS earlier
    FROM raw.last_quarter AS before
    UNION ALL
    SELECT
        'new_media.platforms.' || platform.platform_id || '.change',
        (SELECT count(*) FROM owned WHERE owned.platform_id = platform.platform_id),
        (known.accounts ->> '$.value')::BIGINT
    FROM reference.platform AS platform
    INNER JOIN (
        SELECT
            before.content,
            unnest(from_json(before.content -> '$.new_media.platforms[*].accounts', '["JSON"]')) AS accounts
        FROM raw.last_quarter AS before
    ) AS known ON known.accounts ->> '$.id' = 'new_media.platforms.' || platform.platform_id || '.accounts'
    INNER JOIN reference.policy AS policy ON known.content ->> '$.new_media.taxonomy' = policy.taxonomy
),

rates AS (
    SELECT
        count(*) FILTER (WHERE owned.passed)::BIGINT AS part,
        count(*)::BIGINT AS whole,
        (10 ** any_value(coalesce(choice.decimals, policy.rate_decimals)))::BIGINT AS parts,
        any_value(policy.half_even) AS half_even,
        TRUE AS current
    FROM owned
    CROSS JOIN reference.policy AS policy
    INNER JOIN core.info_choice AS choice ON choice.statement_id = 'account_rate'
    HAVING count(*) > 0
    UNION ALL
    SELECT
        (content ->> '$.new_media.rate.part')::BIGINT,
        (content ->> '$.new_media.rate.whole')::BIGINT,
        (10 ** (content ->> '$.new_media.rate.decimals')::INTEGER)::BIGINT,
        content ->> '$.policy.rounding' = 'half_even',
        FALSE
    FROM raw.last_quarter
    WHERE content ->> '$.new_media.rate.whole' IS NOT NULL
),

printed AS (
    SELECT
        *,
        rounded(100 * part * parts, whole, half_even) * (100 // parts) AS hundredths
    FROM rates
),

-- a rate that is neither none nor all, and would be printed as one of them, is printed otherwise and not compared
told AS (
    SELECT * FROM printed
    WHERE hundredths NOT IN (0, 10000) OR part IN (0, whole)
),

compared AS (
    SELECT
        now.hundredths - earlier.hundredths AS difference,
        rounded(
            (now.part * earlier.whole - earlier.part * now.whole) * 100 * now.parts,
            now.whole * earlier.whole,
            now.half_even
        ) * (100 // now.parts) AS exactly,
        earlier.hundredths AS earlier
    FROM told AS now
    INNER JOIN told AS earlier ON now.current AND NOT earlier.current
)

SELECT
    id,
    (now - earlier)::DECIMAL(12, 2) AS numerator,
    (earlier * 100)::BIGINT AS denominator,
    []::VARCHAR[] AS members
FROM counts
UNION ALL
SELECT
    'new_media.rate_change',
    (CASE WHEN policy.exact_change THEN compared.exactly ELSE compared.difference END * 0.01)::DECIMAL(12, 2),
    compared.earlier::BIGINT,
    []
FROM compared
CROSS JOIN reference.policy AS policy
