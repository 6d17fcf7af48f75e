-- A number typed in a problem that no figure carries (问题中的数字没有来源).
SELECT
    file,
    sheet,
    cell,
    numbers[1] AS value,
    len(numbers) AS places
FROM raw.typed_number
WHERE section = 'problem' AND len(numbers) > 0
