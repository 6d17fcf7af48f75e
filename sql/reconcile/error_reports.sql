-- Every figure of 找错 messages again (找错留言核对).
WITH message AS (
    SELECT
        report.report_no,
        report.due,
        report.in_time,
        unit.unit_id,
        unit.unit_group,
        unit.short_name,
        unit.roster_no,
        kind.label,
        kind.type_no
    FROM core.error_message AS report
    INNER JOIN reference.unit AS unit ON report.unit_id = unit.unit_id
    INNER JOIN reference.error_type AS kind ON report.type_id = kind.type_id
),

per_unit AS (
    SELECT
        unit_group,
        short_name,
        roster_no,
        count(*) AS messages,
        count(*) FILTER (WHERE due) AS due,
        count(*) FILTER (WHERE due AND in_time) AS on_time
    FROM message
    GROUP BY unit_group, short_name, roster_no
),

top AS (
    SELECT busy.*
    FROM per_unit AS busy
    CROSS JOIN core.info_choice AS choice
    WHERE
        choice.statement_id = 'error_report_concentration'
        AND (SELECT count(*) FROM per_unit AS more WHERE more.messages > busy.messages) < choice.groups
),

types AS (
    SELECT label, min(type_no) AS type_no, count(*) AS messages
    FROM message
    GROUP BY label
),

figures AS (
    SELECT
        'error_reports.messages' AS id,
        count(*)::DECIMAL(12, 2) AS numerator,
        count(*) AS denominator,
        []::VARCHAR[] AS members
    FROM message
    UNION ALL
    SELECT
        'error_reports.' || grp.site_group || 's',
        count(per_unit.short_name),
        (SELECT count(*) FROM reference.unit AS unit WHERE unit.unit_group = grp.site_group),
        coalesce(list(per_unit.short_name ORDER BY per_unit.roster_no) FILTER (WHERE per_unit.messages > 0), [])
    FROM reference.site_group AS grp
    LEFT JOIN per_unit ON grp.site_group = per_unit.unit_group
    GROUP BY grp.site_group
    UNION ALL
    SELECT
        'error_reports.types',
        count(*),
        count(*),
        coalesce(list(label ORDER BY messages DESC, type_no ASC), [])
    FROM types
    UNION ALL
    SELECT 'error_reports.on_time', sum(on_time), sum(due), [] FROM per_unit HAVING sum(due) > 0
    UNION ALL
    SELECT
        'error_reports.top',
        count(*),
        (SELECT count(*) FROM per_unit),
        coalesce(list(short_name ORDER BY messages DESC, roster_no ASC), [])
    FROM top
    UNION ALL
    SELECT 'error_reports.top_share', sum(messages), (SELECT count(*) FROM message), [] FROM top HAVING count(*) > 0
    UNION ALL
    SELECT 'error_reports.top_on_time', sum(on_time), sum(due), [] FROM top HAVING min(due) > 0
    UNION ALL
    SELECT 'error_reports.late', count(*) FILTER (WHERE NOT (due AND in_time)), count(*), []
    FROM message
    WHERE due
    UNION ALL
    SELECT
        'error_reports.late_units',
        count(*) FILTER (WHERE on_time < due),
        count(*),
        coalesce(list(short_name ORDER BY roster_no) FILTER (WHERE on_time < due), [])
    FROM per_unit
    WHERE due > 0
)

SELECT
    id,
    numerator::DECIMAL(12, 2) AS numerator,
    denominator::BIGINT AS denominator,
    members
FROM figures
