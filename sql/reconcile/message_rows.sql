-- Messages of every unit again (各单位留言核对). Working days are counted between two days, not added to one.
WITH message AS (
    SELECT
        report.unit_id,
        status.accepted AND (
            SELECT count(*) FROM reference.workday AS day
            WHERE day.working AND day.day > report.created_at::DATE AND day.day <= declared.end_on
        ) >= policy.limit_workdays AS due,
        status.closed AND report.closed_at IS NOT NULL AND (
            SELECT count(*) FROM reference.workday AS day
            WHERE day.working AND day.day > report.created_at::DATE AND day.day < report.closed_at::DATE
        ) < policy.limit_workdays AS in_time
    FROM core.error_report AS report
    INNER JOIN reference.error_status AS status ON report.status_id = status.status_id
    INNER JOIN core.info_window AS declared ON declared.layout = 'error_report' AND declared.field = 'created_at'
    CROSS JOIN reference.policy AS policy
),

counted AS (
    SELECT
        unit_id,
        count(*) AS messages,
        count(*) FILTER (WHERE due) AS due,
        count(*) FILTER (WHERE due AND in_time) AS on_time
    FROM message
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
