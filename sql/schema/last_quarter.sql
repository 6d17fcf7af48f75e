-- The facts file of the quarter before, where the same rule book measured it (上季度数据): there are one or none.
CREATE OR REPLACE VIEW raw.last_quarter AS
SELECT earlier.content::JSON AS content
FROM raw.earlier AS earlier
INNER JOIN reference.policy AS policy ON earlier.content::JSON ->> '$.rule_book' = policy.rule_book
WHERE
    earlier.earlier = CASE
        WHEN policy.quarter LIKE '%Q1' THEN (policy.quarter[1:4]::INTEGER - 1)::VARCHAR || 'Q4'
        ELSE policy.quarter[1:5] || (policy.quarter[6]::INTEGER - 1)::VARCHAR
    END
