-- A declared baseline figure of an earlier quarter (前期数据).
SELECT
    quarter,
    max(value) FILTER (WHERE field = 'earlier') AS earlier,
    max(value) FILTER (WHERE field = 'item') AS item,
    max(value) FILTER (WHERE field = 'value')::DECIMAL(12, 4) AS value
FROM raw.sound
WHERE layout = 'info_earlier'
GROUP BY quarter, row_no
QUALIFY row_number() OVER (PARTITION BY earlier, item ORDER BY row_no) = 1
