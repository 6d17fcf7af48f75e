-- A baseline figure that contradicts the facts file of that quarter (前期数据与前期文件不符), both as printed. Reckoned in
-- whole numbers: n is the average times ten to the power of the decimals, rounded as that quarter was.
WITH facts AS (
    SELECT
        file.earlier,
        CASE WHEN json_valid(file.content) THEN file.content END::JSON AS content
    FROM raw.earlier AS file
),

average AS (
    SELECT
        facts.earlier,
        grp.item,
        facts.content ->> '$.policy.rounding' = 'half_even' AS half_even,
        (10 ** (facts.content ->> ('$.' || grp.section || '.average.decimals'))::INTEGER)::HUGEINT AS scale,
        ((facts.content ->> ('$.' || grp.section || '.average.total'))::DECIMAL(18, 2) * 100)::HUGEINT AS total,
        (facts.content ->> ('$.' || grp.section || '.average.count'))::HUGEINT AS count
    FROM facts
    CROSS JOIN reference.baseline AS grp
),

declared AS (
    SELECT
        number.file,
        number.sheet,
        number.cell,
        number.text,
        (number.value::DECIMAL(12, 4) * 10000)::HUGEINT AS ten_thousandths,
        max(other.value) FILTER (WHERE other.field = 'earlier') AS earlier,
        max(other.value) FILTER (WHERE other.field = 'item') AS item
    FROM raw.sound AS number
    INNER JOIN raw.sound AS other
        ON (number.file, number.sheet, number.row_no) = (other.file, other.sheet, other.row_no)
    WHERE number.layout = 'info_earlier' AND number.field = 'value'
    GROUP BY ALL
),

compared AS (
    SELECT
        declared.*,
        average.scale,
        rounded(average.scale * average.total, 100 * average.count, average.half_even) AS printed,
        rounded(average.scale * declared.ten_thousandths, 10000, average.half_even) AS given
    FROM declared
    INNER JOIN average ON (declared.earlier, declared.item) = (average.earlier, average.item)
    WHERE average.count > 0
)

SELECT
    file,
    sheet,
    cell,
    text AS value,
    1 AS places,
    earlier,
    item,
    (printed / scale)::DECIMAL(12, 4) AS expected
FROM compared
WHERE given <> printed
