-- A score that is no multiple of the rule book's step (得分不是规定单位的倍数). One over its points is left to R404.
SELECT
    score.file,
    score.sheet,
    score.cell,
    score.score AS value,
    1 AS places,
    indicator.name AS indicator,
    policy.score_step AS step
FROM core.indicator_score AS score
INNER JOIN reference.indicator AS indicator ON score.indicator_id = indicator.indicator_id
CROSS JOIN reference.policy AS policy
WHERE score.score % policy.score_step <> 0 AND score.score <= indicator.points
