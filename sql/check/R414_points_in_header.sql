-- Points in a header that differ from the rule book (表头分值与检查指标不符).
SELECT
    header.file,
    header.sheet,
    header.cell,
    header.value,
    1 AS places,
    indicator.name AS indicator,
    indicator.points
FROM raw.cell AS header
INNER JOIN reference.indicator AS indicator ON header.member = indicator.indicator_id
WHERE header.field = 'points' AND header.value::DECIMAL(6, 2) <> indicator.points
