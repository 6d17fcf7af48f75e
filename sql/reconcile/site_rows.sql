-- Every number of the score tables again (得分表核对), and which sites reached the bonus indicators, from the cells' scores
-- in whole hundredths; where the rule book knows totals only, from the printed parts.
WITH summed AS (
    SELECT
        result.file,
        result.sheet,
        result.row_no,
        coalesce(bool_or(NOT score.applicable), FALSE) AS exempt,
        coalesce(sum((score.score * 100)::BIGINT) FILTER (WHERE indicator.part = 'deduct'), 0)::BIGINT AS kept,
        coalesce(sum((score.score * 100)::BIGINT) FILTER (WHERE indicator.part = 'bonus'), 0)::BIGINT AS won
    FROM core.site_result AS result
    LEFT JOIN core.indicator_score AS score
        ON (result.file, result.sheet, result.row_no) = (score.file, score.sheet, score.row_no)
    LEFT JOIN reference.indicator AS indicator ON score.indicator_id = indicator.indicator_id
    GROUP BY result.file, result.sheet, result.row_no
),

reckoned AS (
    SELECT
        site.site_group,
        site.site_code,
        site.site_name,
        site.roster_no,
        unit.short_name,
        policy.half_even,
        result.veto = 'none' AS scored,
        (policy.veto_score * 100)::BIGINT AS veto_score,
        (grp.bonus_above * 100)::BIGINT AS bonus_above,
        (grp.bonus_points * 100)::BIGINT AS bonus_points,
        CASE WHEN summed.exempt THEN grp.scale_denominator ELSE 1 END AS denominator,
        CASE WHEN summed.exempt THEN (policy.scaled_step * 100)::BIGINT ELSE 1 END AS step,
        CASE
            WHEN policy.totals_only THEN (result.printed_base * 100)::BIGINT
            WHEN summed.exempt THEN (summed.kept + (grp.exempt_points * 100)::BIGINT) * grp.scale_numerator
            ELSE summed.kept
        END AS numerator,
        CASE WHEN policy.totals_only THEN coalesce((result.printed_bonus * 100)::BIGINT, 0) ELSE summed.won END AS won
    FROM core.site_result AS result
    INNER JOIN summed
        ON (result.file, result.sheet, result.row_no) = (summed.file, summed.sheet, summed.row_no)
    INNER JOIN reference.site AS site ON result.site_code = site.site_code
    INNER JOIN reference.unit AS unit ON site.unit_id = unit.unit_id
    INNER JOIN reference.site_group AS grp ON site.site_group = grp.site_group
    CROSS JOIN reference.policy AS policy
),

parts AS (
    SELECT
        *,
        scored AND numerator > bonus_above * denominator AS in_stage,
        CASE WHEN scored THEN rounded(numerator, denominator * step, half_even) * step END AS base,
        CASE
            WHEN scored THEN CASE WHEN numerator > bonus_above * denominator THEN least(won, bonus_points) ELSE 0 END
        END AS bonus
    FROM reckoned
),

scored AS (
    SELECT
        *,
        CASE WHEN scored THEN base + bonus ELSE veto_score END AS score
    FROM parts
),

placed AS (
    SELECT
        *,
        1 + (
            SELECT count(*) FROM scored AS better
            WHERE better.site_group = scored.site_group AND better.score > scored.score
        ) AS place
    FROM scored
    WHERE score IS NOT NULL
),

numbers AS (
    SELECT
        site_group || '_sites.rows.' || site_code AS id,
        [short_name, site_name] AS members,
        unnest(['base_score', 'bonus', 'score', 'place']) AS part,
        unnest([base * 0.01, bonus * 0.01, score * 0.01, place]) AS numerator
    FROM placed
),

staged AS (
    SELECT
        site_group,
        short_name,
        count(*) FILTER (WHERE in_stage) AS reached,
        count(*) AS sites,
        min(roster_no) FILTER (WHERE in_stage) AS first_no
    FROM parts
    GROUP BY site_group, short_name
)

SELECT
    id || '.' || part AS id,
    numerator::DECIMAL(12, 2) AS numerator,
    0::BIGINT AS denominator,
    members
FROM numbers
WHERE numerator IS NOT NULL
UNION ALL
SELECT
    site_group || '_sites.bonus_stage',
    sum(reached)::DECIMAL(12, 2),
    sum(sites)::BIGINT,
    coalesce(list(short_name ORDER BY first_no) FILTER (WHERE reached > 0), [])
FROM staged
GROUP BY site_group
