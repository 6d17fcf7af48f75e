-- A practice worth naming (典型做法), numbered in the order of the sheet.
SELECT
    record.quarter,
    row_number() OVER (ORDER BY record.row_no) AS number,
    record.file,
    record.sheet,
    record.row_no,
    record.section,
    record.topic,
    record.unit_id,
    record.account,
    record.platform_id,
    record.indicators,
    record.content
FROM (
    SELECT
        quarter,
        file,
        sheet,
        row_no,
        max(value) FILTER (WHERE field = 'section') AS section,
        coalesce(max(value) FILTER (WHERE field = 'topic'), '') AS topic,
        max(value) FILTER (WHERE field = 'unit_id') AS unit_id,
        coalesce(max(value) FILTER (WHERE field = 'account'), '') AS account,
        coalesce(max(value) FILTER (WHERE field = 'platform_id'), '') AS platform_id,
        coalesce(max(value) FILTER (WHERE field = 'indicators'), '') AS indicators,
        max(value) FILTER (WHERE field = 'content') AS content
    FROM raw.sound
    WHERE layout = 'info_practice'
    GROUP BY quarter, file, sheet, row_no
) AS record
