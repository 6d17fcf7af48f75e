-- A printed average that the totals of its sheet do not give under any rounding of its last decimal (平均分与明细不符).
SELECT
    average.file,
    average.sheet,
    average.cell,
    average.text AS value,
    1 AS places,
    round(totals.total / totals.sites, 4) AS expected
FROM raw.cell AS average
INNER JOIN (
    SELECT
        file,
        sheet,
        sum(printed_total) AS total,
        count(printed_total) AS sites
    FROM core.site_result
    GROUP BY file, sheet
) AS totals ON (average.file, average.sheet) = (totals.file, totals.sheet)
WHERE
    average.field = 'printed_average' AND average.state = 'ok'
    AND 2 * abs(average.value::DECIMAL(12, 2) * totals.sites - totals.total)
    > totals.sites * CASE length(split_part(average.value, '.', 2)) WHEN 0 THEN 1 WHEN 1 THEN 0.1 ELSE 0.01 END
    AND NOT EXISTS (
        SELECT 1 FROM raw.cell AS bad
        WHERE bad.state = 'bad' AND (bad.file, bad.sheet) = (average.file, average.sheet)
    )
