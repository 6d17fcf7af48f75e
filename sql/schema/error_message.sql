-- A message of 找错 with how it was handled (留言办理情况), for the second reckoning: due where its limit of working days ends
-- within the window, in time where it was closed within the limit. Working days are counted between two days, not added
-- to one.
CREATE OR REPLACE VIEW core.error_message AS
SELECT
    report.report_no,
    report.unit_id,
    report.site_code,
    report.type_id,
    report.status_id,
    concat_ws(' ', report.file, report.sheet, report.row_no) AS object,
    status.accepted,
    status.accepted AND NOT status.closed AS pending,
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
