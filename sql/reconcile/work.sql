-- Every figure of other work again (其他工作核对), from the rows of 统计补充表.
WITH item AS (
    SELECT
        'work.' || known.supplement_id AS id,
        known.kind,
        told.total,
        told.part
    FROM core.supplement AS told
    INNER JOIN reference.supplement AS known ON told.supplement_id = known.supplement_id
),

figures AS (
    SELECT
        id,
        total::DECIMAL(12, 2) AS numerator,
        total::BIGINT AS denominator,
        []::VARCHAR[] AS members
    FROM item
    WHERE kind = 'count'
    UNION ALL
    SELECT id || '.whole' AS id, total AS numerator, total AS denominator, [] AS members FROM item WHERE kind = 'share'
    UNION ALL
    SELECT id || '.part', part, total, [] FROM item WHERE kind = 'share'
    UNION ALL
    SELECT id || '.rate', part, total, [] FROM item WHERE kind = 'share' AND total > 0
    UNION ALL
    SELECT
        'work.' || known.supplement_id,
        count(*),
        (SELECT count(*) FROM reference.unit),
        list(unit.short_name ORDER BY unit.roster_no)
    FROM core.supplement AS told
    INNER JOIN reference.supplement AS known ON told.supplement_id = known.supplement_id AND known.kind = 'units'
    INNER JOIN reference.unit AS unit ON told.unit_id = unit.unit_id
    GROUP BY known.supplement_id
)

SELECT
    id,
    numerator::DECIMAL(12, 2) AS numerator,
    denominator::BIGINT AS denominator,
    members
FROM figures
