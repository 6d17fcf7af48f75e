-- A statement that is chosen twice in 语句选择 (语句重复选择).
SELECT
    file,
    sheet,
    max_by(cell, row_no) AS cell,
    max_by(text, row_no) AS value,
    1 AS places,
    min_by(cell, row_no) AS first
FROM raw.sound
WHERE layout = 'info_choice' AND field = 'statement'
GROUP BY file, sheet, value
HAVING count(*) > 1
