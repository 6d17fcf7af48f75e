-- Messages of a year that the working-day calendar does not know (工作日历缺少年份). Times outside the declared window are
-- left to R407.
SELECT
    report.file,
    report.sheet,
    arg_min(created.cell, report.row_no) AS cell,
    year(report.created_at) AS value,
    count(*) AS places
FROM core.error_report AS report
INNER JOIN raw.cell AS created
    ON
        (report.file, report.sheet, report.row_no) = (created.file, created.sheet, created.row_no)
        AND created.field = 'created_at'
WHERE
    report.created_at::DATE NOT IN (SELECT known.day FROM reference.workday AS known)
    AND NOT EXISTS (
        SELECT 1 FROM core.info_window AS declared
        WHERE
            declared.layout = 'error_report' AND declared.field = 'created_at'
            AND report.created_at::DATE NOT BETWEEN declared.start_on AND declared.end_on
    )
GROUP BY report.file, report.sheet, year(report.created_at)
