-- A message that is closed and has no closing time (已办结留言没有办结时间).
SELECT
    report.file,
    report.sheet,
    status.cell,
    report.report_no AS value,
    1 AS places,
    known.name AS status
FROM core.error_report AS report
INNER JOIN reference.error_status AS known ON report.status_id = known.status_id
INNER JOIN raw.cell AS status
    ON
        (report.file, report.sheet, report.row_no) = (status.file, status.sheet, status.row_no)
        AND status.field = 'status_id'
WHERE known.closed AND known.accepted AND report.closed_at IS NULL
