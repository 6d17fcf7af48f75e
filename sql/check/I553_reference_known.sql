-- A reference to a figure that is not registered, or braces that are none (引用的数字有误).
WITH referred AS (
    SELECT
        file,
        sheet,
        cell,
        unnest(regexp_extract_all(value, '[{｛]([^{}｛｝]*)[}｝]', 1)) AS value
    FROM raw.text
    WHERE field = 'content' AND section <> 'closing'
)

SELECT
    referred.file,
    referred.sheet,
    referred.cell,
    referred.value,
    count(*) AS places,
    '不是已登记的数字名称，最接近的是“'
    || coalesce(
        (
            SELECT arg_max(known.name, jaro_winkler_similarity(known.name, folded(referred.value)))
            FROM reference.figure_name AS known
        ),
        '无'
    )
    || '”' AS detail
FROM referred
WHERE
    NOT EXISTS (
        SELECT 1 FROM reference.figure_name AS known
        WHERE folded(referred.value) IN (known.name, known.figure)
    )
GROUP BY referred.file, referred.sheet, referred.cell, referred.value
UNION ALL
SELECT
    file,
    sheet,
    cell,
    regexp_extract(value, '.{0,6}[{}｛｝].{0,6}') AS value,
    1 AS places,
    CASE
        WHEN field = 'content' AND section <> 'closing' THEN '中的花括号没有成对'
        ELSE '中不能引用数字'
    END AS detail
FROM raw.text
WHERE
    regexp_matches(
        CASE
            WHEN field = 'content' AND section <> 'closing'
                THEN regexp_replace(value, '[{｛][^{}｛｝]*[}｝]', '', 'g')
            ELSE value
        END,
        '[{}｛｝]'
    )
