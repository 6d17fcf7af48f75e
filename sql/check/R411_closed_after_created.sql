-- A message closed before it was made (办结时间早于留言时间). Times outside their declared window are left to R407.
SELECT
    report.file,
    report.sheet,
    closed.cell,
    closed.text AS value,
    1 AS places,
    report.report_no AS number,
    report.created_at AS created
FROM core.error_report AS report
INNER JOIN raw.cell AS closed
    ON
        (report.file, report.sheet, report.row_no) = (closed.file, closed.sheet, closed.row_no)
        AND closed.field = 'closed_at'
WHERE
    report.closed_at < report.created_at
    AND NOT EXISTS (
        SELECT 1 FROM core.info_window AS declared
        WHERE
            declared.layout = 'error_report'
            AND CASE declared.field WHEN 'created_at' THEN report.created_at ELSE report.closed_at END::DATE
            NOT BETWEEN declared.start_on AND declared.end_on
    )
