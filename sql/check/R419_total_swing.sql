-- A site's total far from the one of the quarter before (总分与上季度相差过大): a warning, by the rule book's limit.
WITH previous AS (
    SELECT
        policy.rule_book,
        policy.swing,
        CASE
            WHEN policy.quarter LIKE '%Q1' THEN (policy.quarter[1:4]::INTEGER - 1)::VARCHAR || 'Q4'
            ELSE policy.quarter[1:5] || (policy.quarter[6]::INTEGER - 1)::VARCHAR
        END AS quarter
    FROM reference.policy AS policy
),

facts AS (
    SELECT
        previous.swing,
        CASE WHEN json_valid(file.content) THEN file.content END::JSON AS content
    FROM raw.earlier AS file
    INNER JOIN previous ON file.earlier = previous.quarter
    WHERE CASE WHEN json_valid(file.content) THEN file.content ->> '$.rule_book' END = previous.rule_book
),

rows_of_sites AS (
    SELECT
        facts.swing,
        unnest(
            (facts.content -> '$.district_sites.rows[*]')::JSON[]
            || (facts.content -> '$.department_sites.rows[*]')::JSON[]
        ) AS entry
    FROM facts
)

SELECT
    result.file,
    result.sheet,
    total.cell,
    total.text AS value,
    1 AS places,
    site.site_name AS site,
    (earlier.entry ->> '$.score')::DECIMAL(6, 2) AS earlier,
    earlier.swing AS "limit"
FROM core.site_result AS result
INNER JOIN reference.site AS site ON result.site_code = site.site_code
INNER JOIN rows_of_sites AS earlier ON result.site_code = split_part(earlier.entry ->> '$.id', '.', 3)
INNER JOIN raw.cell AS total
    ON
        (result.file, result.sheet, result.row_no) = (total.file, total.sheet, total.row_no)
        AND total.field = 'printed_total'
WHERE abs(result.printed_total - (earlier.entry ->> '$.score')::DECIMAL(6, 2)) > earlier.swing
