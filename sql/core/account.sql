-- An inspected new-media account (政务新媒体账号). Of a veto whose text must not be spread the kind alone is counted.
SELECT
    quarter,
    file,
    sheet,
    row_no,
    max(value) FILTER (WHERE field = 'account') AS account,
    max(value) FILTER (WHERE field = 'platform_id') AS platform_id,
    max(value) FILTER (WHERE field = 'organiser') AS organiser,
    max(value) FILTER (WHERE field = 'unit_id') AS unit_id,
    max(value) FILTER (WHERE field = 'passed') = 'true' AS passed,
    max(nullif(value, '')) FILTER (WHERE field = 'score')::DECIMAL(6, 2) AS score,
    max(regexp_replace(value, '^（不宜扩散：(.*)）$', '\1')) FILTER (WHERE field = 'veto') AS veto,
    max(value) FILTER (WHERE field = 'inspected_on')::DATE AS inspected_on
FROM raw.sound
WHERE layout = 'account'
GROUP BY quarter, file, sheet, row_no
