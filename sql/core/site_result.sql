-- A site's row of the score sheet (评分表各网站): veto, and the totals that the sheet prints.
SELECT
    quarter,
    file,
    sheet,
    row_no,
    max(value) FILTER (WHERE field = 'site_code') AS site_code,
    max(value) FILTER (WHERE field = 'site_name') AS site_name,
    max(value) FILTER (WHERE field = 'veto') AS veto,
    max(nullif(value, '')) FILTER (WHERE field = 'printed_base')::DECIMAL(6, 2) AS printed_base,
    max(nullif(value, '')) FILTER (WHERE field = 'printed_bonus')::DECIMAL(6, 2) AS printed_bonus,
    max(nullif(value, '')) FILTER (WHERE field = 'printed_total')::DECIMAL(6, 2) AS printed_total
FROM raw.sound
WHERE layout = 'site_score'
GROUP BY quarter, file, sheet, row_no
HAVING max(value) FILTER (WHERE field = 'site_code') IS NOT NULL
