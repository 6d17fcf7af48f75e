-- Messages of every unit again (各单位留言核对).
WITH counted AS (
    SELECT
        unit_id,
        count(*) AS messages,
        count(*) FILTER (WHERE due) AS due,
        count(*) FILTER (WHERE due AND in_time) AS on_time
    FROM core.error_message
    GROUP BY unit_id
),

figures AS (
    SELECT unit_id || '.messages' AS name, messages AS numerator, messages AS denominator FROM counted
    UNION ALL
    SELECT unit_id || '.due', due, messages FROM counted
    UNION ALL
    SELECT unit_id || '.on_time', on_time, due FROM counted
    UNION ALL
    SELECT unit_id || '.rate', on_time, due FROM counted WHERE due > 0
)

SELECT
    'error_reports.rows.' || name AS id,
    numerator::DECIMAL(12, 2) AS numerator,
    denominator::BIGINT AS denominator,
    []::VARCHAR[] AS members
FROM figures
