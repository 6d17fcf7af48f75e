-- Every number of the score tables again (得分表核对), from the cells' scores in whole hundredths.
WITH reckoned AS (
    SELECT
        site.site_group,
        site.site_code,
        site.site_name,
        unit.short_name,
        result.veto = 'none' AS scored,
        grp.bonus_above,
        CASE WHEN bool_and(score.applicable) THEN 1 ELSE any_value(grp.scale_numerator) END AS numerator,
        CASE WHEN bool_and(score.applicable) THEN 1 ELSE any_value(grp.scale_denominator) END AS denominator,
        coalesce(sum((score.score * 100)::BIGINT) FILTER (WHERE indicator.part = 'deduct'), 0)::BIGINT AS kept,
        coalesce(sum((score.score * 100)::BIGINT) FILTER (WHERE indicator.part = 'bonus'), 0)::BIGINT AS won
    FROM core.site_result AS result
    INNER JOIN core.indicator_score AS score
        ON (result.file, result.sheet, result.row_no) = (score.file, score.sheet, score.row_no)
    INNER JOIN reference.indicator AS indicator ON score.indicator_id = indicator.indicator_id
    INNER JOIN reference.site AS site ON result.site_code = site.site_code
    INNER JOIN reference.unit AS unit ON site.unit_id = unit.unit_id
    INNER JOIN reference.site_group AS grp ON site.site_group = grp.site_group
    GROUP BY ALL
),

scored AS (
    SELECT
        *,
        (kept * numerator * 10 // denominator + 5) // 10 AS base,
        CASE WHEN kept * numerator > bonus_above * 100 * denominator THEN won ELSE 0 END AS bonus
    FROM reckoned
    WHERE scored
),

placed AS (
    SELECT
        *,
        1 + (
            SELECT count(*) FROM scored AS better
            WHERE better.site_group = scored.site_group AND better.base + better.bonus > scored.base + scored.bonus
        ) AS place
    FROM scored
),

numbers AS (
    SELECT
        site_group || '_sites.rows.' || site_code AS id,
        [short_name, site_name] AS members,
        unnest(['base_score', 'bonus', 'score', 'place']) AS part,
        unnest([base * 0.01, bonus * 0.01, (base + bonus) * 0.01, place]) AS numerator
    FROM placed
)

SELECT
    id || '.' || part AS id,
    numerator::DECIMAL(12, 2) AS numerator,
    0::BIGINT AS denominator,
    members
FROM numbers
