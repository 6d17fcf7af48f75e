-- A problem row of the deduction ledger (扣分明细).
SELECT
    quarter,
    file,
    sheet,
    row_no,
    max(value) FILTER (WHERE field = 'site_code') AS site_code,
    max(value) FILTER (WHERE field = 'site_name') AS site_name,
    max(value) FILTER (WHERE field = 'indicator_id') AS indicator_id,
    max(value) FILTER (WHERE field = 'points')::DECIMAL(6, 2) AS points,
    max(value) FILTER (WHERE field = 'problem') AS problem,
    max(value) FILTER (WHERE field = 'page') AS page,
    max(value) FILTER (WHERE field = 'found_on')::DATE AS found_on,
    max(value) FILTER (WHERE field = 'confirmed') = 'true' AS confirmed
FROM raw.sound
WHERE layout = 'deduction'
GROUP BY quarter, file, sheet, row_no
