-- One row where the evidence of problems was read whole (检查记录齐全), none otherwise: every table, row and
-- site. What is missing is told by its own finding, and says nothing about the problems.
CREATE OR REPLACE VIEW core.evidence_whole AS
SELECT TRUE AS whole
WHERE
    NOT EXISTS (
        SELECT 1 FROM raw.finding AS unread
        WHERE unread.code LIKE 'F%' AND unread.severity = 'error'
    )
    AND NOT EXISTS (
        SELECT 1 FROM raw.cell AS delivered
        WHERE delivered.state = 'bad' AND delivered.layout IN ('site_score', 'deduction', 'account', 'error_report')
    )
    AND NOT EXISTS (
        SELECT 1 FROM core.error_report AS report
        WHERE report.report_no NOT IN (SELECT message.report_no FROM core.error_message AS message)
    )
    AND NOT EXISTS (
        SELECT 1 FROM reference.site AS site
        INNER JOIN reference.policy AS policy ON policy.census
        WHERE site.site_code NOT IN (SELECT result.site_code FROM core.site_result AS result)
    )
