-- A message of the 找错 platform (找错留言).
SELECT
    quarter,
    file,
    sheet,
    row_no,
    max(value) FILTER (WHERE field = 'report_no') AS report_no,
    max(value) FILTER (WHERE field = 'site_code') AS site_code,
    max(value) FILTER (WHERE field = 'unit_id') AS unit_id,
    max(value) FILTER (WHERE field = 'type_id') AS type_id,
    max(value) FILTER (WHERE field = 'status_id') AS status_id,
    max(value) FILTER (WHERE field = 'created_at')::TIMESTAMP AS created_at,
    max(nullif(value, '')) FILTER (WHERE field = 'closed_at')::TIMESTAMP AS closed_at
FROM raw.sound
WHERE layout = 'error_report'
GROUP BY quarter, file, sheet, row_no
