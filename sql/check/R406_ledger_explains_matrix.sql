-- Points lost in the score sheet that the confirmed rows of the ledger do not explain, or the other way round
-- (扣分明细与评分表不符). The ledger's sum is capped at the indicator's points. Sites whose ledger has an unreadable
-- row, and cells over their points (R404), are left to those findings.
WITH explained AS (
    SELECT
        site_code,
        indicator_id,
        sum(points) FILTER (WHERE confirmed) AS points
    FROM core.deduction
    GROUP BY site_code, indicator_id
),

unread AS (
    SELECT DISTINCT code.value AS site_code
    FROM raw.cell AS code
    INNER JOIN raw.cell AS bad
        ON (code.file, code.sheet, code.row_no) = (bad.file, bad.sheet, bad.row_no) AND bad.state = 'bad'
    WHERE code.layout = 'deduction' AND code.field = 'site_code'
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
INNER JOIN reference.indicator AS indicator
    ON score.indicator_id = indicator.indicator_id AND indicator.part = 'deduct'
INNER JOIN reference.site AS site ON score.site_code = site.site_code
LEFT JOIN explained ON score.site_code = explained.site_code AND score.indicator_id = explained.indicator_id
WHERE
    CASE WHEN score.applicable THEN indicator.points - score.score ELSE 0 END
    <> least(coalesce(explained.points, 0), indicator.points)
    AND coalesce(score.score <= indicator.points, TRUE)
    AND NOT EXISTS (SELECT 1 FROM unread WHERE unread.site_code IN (score.site_code, ''))
    AND EXISTS (SELECT 1 FROM raw.cell WHERE raw.cell.layout = 'deduction')
