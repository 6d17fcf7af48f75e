-- A printed total that the scores do not add up to (合计与明细不符). Sites with a score over its points (R404) or a
-- missing indicator (N305) are left to those findings.
WITH scored AS (
    SELECT
        score.file,
        score.sheet,
        score.row_no,
        score.site_code,
        sum(score.score) FILTER (WHERE indicator.part = 'deduct') AS base,
        coalesce(sum(score.score) FILTER (WHERE indicator.part = 'bonus'), 0) AS bonus,
        bool_or(NOT score.applicable) AS scaled
    FROM core.indicator_score AS score
    INNER JOIN reference.indicator AS indicator ON score.indicator_id = indicator.indicator_id
    GROUP BY score.file, score.sheet, score.row_no, score.site_code
    HAVING
        count(*) FILTER (WHERE indicator.part = 'deduct')
        = (SELECT count(*) FROM reference.indicator WHERE part = 'deduct')
        AND NOT bool_or(coalesce(score.score > indicator.points, FALSE))
),

expected AS (
    SELECT
        scored.*,
        CASE
            WHEN scored.scaled
                THEN (
                    (2 * (scored.base * 100)::BIGINT * grp.scale_numerator + grp.scale_denominator)
                    // (2 * grp.scale_denominator)
                )::DECIMAL(12, 2) / 100
            ELSE scored.base
        END::DECIMAL(6, 2) AS base_score,
        scored.base * CASE WHEN scored.scaled THEN grp.scale_numerator ELSE 1 END
        > grp.bonus_above * CASE WHEN scored.scaled THEN grp.scale_denominator ELSE 1 END AS bonus_stage
    FROM scored
    INNER JOIN reference.site AS site ON scored.site_code = site.site_code
    INNER JOIN reference.site_group AS grp ON site.site_group = grp.site_group
),

compared AS (
    SELECT
        expected.file,
        expected.sheet,
        expected.row_no,
        unnest(['printed_base', 'printed_bonus', 'printed_total']) AS field,
        unnest([result.printed_base, result.printed_bonus, result.printed_total]) AS printed,
        unnest([
            expected.base_score,
            CASE WHEN expected.bonus_stage THEN expected.bonus ELSE 0 END,
            expected.base_score + CASE WHEN expected.bonus_stage THEN expected.bonus ELSE 0 END
        ]) AS expected
    FROM expected
    INNER JOIN core.site_result AS result
        ON (expected.file, expected.sheet, expected.row_no) = (result.file, result.sheet, result.row_no)
    WHERE result.veto = 'none'
)

SELECT
    compared.file,
    compared.sheet,
    total.cell,
    coalesce(nullif(total.text, ''), '空') AS value,
    1 AS places,
    known.header AS "column",
    compared.expected
FROM compared
INNER JOIN raw.cell AS total
    ON
        (compared.file, compared.sheet, compared.row_no) = (total.file, total.sheet, total.row_no)
        AND compared.field = total.field
INNER JOIN reference.layout_column AS known ON total.layout = known.layout AND total.field = known.field
WHERE compared.printed IS DISTINCT FROM compared.expected
