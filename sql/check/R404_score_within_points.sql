-- A score above the points of its indicator (得分超过指标分值).
SELECT
    score.file,
    score.sheet,
    score.cell,
    score.score AS value,
    1 AS places,
    indicator.name AS indicator,
    indicator.points
FROM core.indicator_score AS score
INNER JOIN reference.indicator AS indicator ON score.indicator_id = indicator.indicator_id
WHERE score.score > indicator.points
