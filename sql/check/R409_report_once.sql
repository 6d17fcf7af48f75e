-- A message number that stands twice (留言编号重复), in any spelling of width and spaces.
SELECT
    max_by(file, (file, sheet, row_no)) AS file,
    max_by(sheet, (file, sheet, row_no)) AS sheet,
    max_by(cell, (file, sheet, row_no)) AS cell,
    max_by(value, (file, sheet, row_no)) AS value,
    1 AS places,
    count(*) AS times,
    CASE WHEN min(file) < max(file) THEN min(file) || '!' ELSE '' END
    || min_by(cell, (file, sheet, row_no)) AS first
FROM raw.cell
WHERE layout = 'error_report' AND field = 'report_no' AND state = 'ok'
GROUP BY folded(value)
HAVING count(*) > 1
