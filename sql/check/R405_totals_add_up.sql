-- A printed total that the scores do not add up to (合计与明细不符). Rows with a score over its points (R404), a missing
-- indicator (N305) or an indicator wrongly left out or filled (R410, R417) are left to those findings. A score that the
-- ledger contradicts is R406: totals that agree with the ledger are not told again, nor is a total that agrees with the
-- printed parts it is the sum of.
WITH explained AS (
    SELECT
        site_code,
        indicator_id,
        sum(points) FILTER (WHERE confirmed) AS points
    FROM core.deduction
    GROUP BY site_code, indicator_id
),

summed AS (
    SELECT
        score.file,
        score.sheet,
        score.row_no,
        site.site_group,
        coalesce(sum(score.score) FILTER (WHERE indicator.part = 'bonus'), 0) AS bonus,
        bool_or(NOT score.applicable) AS exempt,
        unnest(['matrix', 'ledger']) AS source,
        unnest([
            sum(score.score) FILTER (WHERE indicator.part = 'deduct'),
            sum(indicator.points - least(coalesce(explained.points, 0), indicator.points))
            FILTER (WHERE indicator.part = 'deduct' AND score.applicable)
        ]) AS points
    FROM core.indicator_score AS score
    INNER JOIN reference.indicator AS indicator ON score.indicator_id = indicator.indicator_id
    INNER JOIN reference.site AS site ON score.site_code = site.site_code
    LEFT JOIN explained ON score.site_code = explained.site_code AND score.indicator_id = explained.indicator_id
    GROUP BY score.file, score.sheet, score.row_no, site.site_group
    HAVING
        count(*) FILTER (WHERE indicator.part = 'deduct')
        = (SELECT count(*) FROM reference.indicator AS known WHERE known.part = 'deduct')
        AND NOT bool_or(coalesce(score.score > indicator.points, FALSE))
        AND NOT bool_or(score.applicable = (indicator.service AND NOT site.serves_public))
),

exact AS (
    SELECT
        summed.*,
        grp.bonus_points,
        CASE WHEN summed.exempt THEN summed.points + grp.exempt_points ELSE summed.points END
        * CASE WHEN summed.exempt THEN grp.scale_numerator ELSE 1 END AS numerator,
        CASE WHEN summed.exempt THEN grp.scale_denominator ELSE 1 END AS denominator,
        CASE WHEN summed.exempt THEN policy.scaled_step ELSE 0.01 END AS step,
        grp.bonus_above,
        policy.half_even
    FROM summed
    INNER JOIN reference.site_group AS grp ON summed.site_group = grp.site_group
    CROSS JOIN reference.policy AS policy
),

reckoned AS (
    SELECT
        *,
        (rounded((numerator * 100)::BIGINT, denominator * (step * 100)::BIGINT, half_even) * step)::DECIMAL(6, 2)
            AS base_score,
        CASE WHEN numerator > bonus_above * denominator THEN least(bonus, bonus_points) ELSE 0 END AS bonus_score
    FROM exact
),

compared AS (
    SELECT
        reckoned.file,
        reckoned.sheet,
        reckoned.row_no,
        reckoned.source,
        result.printed_base + coalesce(result.printed_bonus, 0) AS parts,
        unnest(['printed_base', 'printed_bonus', 'printed_total']) AS field,
        unnest([result.printed_base, result.printed_bonus, result.printed_total]) AS printed,
        unnest([
            reckoned.base_score,
            reckoned.bonus_score,
            reckoned.base_score + reckoned.bonus_score
        ]) AS expected
    FROM reckoned
    INNER JOIN core.site_result AS result
        ON (reckoned.file, reckoned.sheet, reckoned.row_no) = (result.file, result.sheet, result.row_no)
    WHERE result.veto = 'none'
)

SELECT
    compared.file,
    compared.sheet,
    total.cell,
    coalesce(nullif(total.text, ''), '空') AS value,
    1 AS places,
    known.header AS "column",
    max(compared.expected) FILTER (WHERE compared.source = 'matrix') AS expected
FROM compared
INNER JOIN raw.cell AS total
    ON
        (compared.file, compared.sheet, compared.row_no) = (total.file, total.sheet, total.row_no)
        AND compared.field = total.field
INNER JOIN reference.layout_column AS known ON total.layout = known.layout AND total.field = known.field
GROUP BY compared.file, compared.sheet, total.cell, total.text, known.header
HAVING
    bool_and(compared.printed IS DISTINCT FROM compared.expected)
    AND NOT bool_or(compared.field = 'printed_total' AND coalesce(compared.printed = compared.parts, FALSE))
