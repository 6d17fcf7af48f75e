-- Points lost in the score sheet that the confirmed rows of the ledger do not explain, or the other way round
-- (扣分明细与评分表不符). The ledger's sum is capped at the indicator's points. Left to other findings: cells over their
-- points (R404) or off the step (R430), cells wrongly left out or filled (R410, R417), vetoed sites (R415), and sites
-- for which a row of the ledger could not be read or code and name disagree (R412).
WITH explained AS (
    SELECT
        site_code,
        indicator_id,
        sum(points) FILTER (WHERE confirmed) AS points
    FROM core.deduction
    GROUP BY site_code, indicator_id
),

identified AS (
    SELECT
        code.layout,
        coalesce(by_code.site_code, '') AS by_code,
        coalesce(by_name.site_code, '') AS by_name,
        EXISTS ( -- noqa: CP03, LT01, LT06
            SELECT 1 FROM raw.cell AS bad
            WHERE (bad.file, bad.sheet, bad.row_no) = (code.file, code.sheet, code.row_no) AND bad.state = 'bad'
        ) AS unread
    FROM raw.cell AS code
    INNER JOIN raw.cell AS name
        ON (code.file, code.sheet, code.row_no) = (name.file, name.sheet, name.row_no) AND name.field = 'site_name'
    LEFT JOIN reference.site AS by_code ON code.value = by_code.site_code
    LEFT JOIN reference.site AS by_name
        ON folded(name.value) = folded(by_name.site_name)
    WHERE code.layout IN ('site_score', 'deduction') AND code.field = 'site_code'
),

doubtful AS (
    SELECT unnest([by_code, by_name, CASE WHEN by_code || by_name = '' THEN 'any' END]) AS site_code
    FROM identified
    WHERE (unread AND layout = 'deduction') OR (by_code <> by_name AND NOT unread)
)

SELECT
    score.file,
    score.sheet,
    score.cell,
    CASE WHEN score.applicable THEN indicator.points - score.score ELSE 0 END AS value,
    1 AS places,
    site.site_name AS site,
    indicator.name AS indicator,
    least(coalesce(explained.points, 0), indicator.points) AS expected
FROM core.indicator_score AS score
INNER JOIN core.site_result AS result
    ON
        (score.file, score.sheet, score.row_no) = (result.file, result.sheet, result.row_no)
        AND result.veto = 'none'
INNER JOIN reference.indicator AS indicator
    ON score.indicator_id = indicator.indicator_id AND indicator.part = 'deduct'
INNER JOIN reference.site AS site ON score.site_code = site.site_code
LEFT JOIN explained ON score.site_code = explained.site_code AND score.indicator_id = explained.indicator_id
WHERE
    CASE WHEN score.applicable THEN indicator.points - score.score ELSE 0 END
    <> least(coalesce(explained.points, 0), indicator.points)
    AND coalesce(score.score <= indicator.points, TRUE)
    AND NOT EXISTS (SELECT 1 FROM reference.policy AS policy WHERE score.score % policy.score_step <> 0)
    AND score.applicable <> (indicator.service AND NOT site.serves_public)
    AND NOT EXISTS (SELECT 1 FROM doubtful WHERE doubtful.site_code IN (score.site_code, 'any'))
    AND EXISTS (SELECT 1 FROM raw.cell WHERE raw.cell.layout = 'deduction')
