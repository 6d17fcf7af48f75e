-- Messages of a year that the working-day calendar does not know (工作日历缺少年份).
SELECT
    min(file) AS file,
    '' AS sheet,
    '' AS cell,
    year(created_at) AS value,
    count(*) AS places
FROM core.error_report
WHERE created_at::DATE NOT IN (SELECT day FROM reference.workday)
GROUP BY year(created_at)
