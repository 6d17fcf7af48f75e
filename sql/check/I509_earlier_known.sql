-- A baseline figure that no statement uses (前期数据无法识别).
SELECT
    '季度信息.xlsx' AS file,
    '前期数据' AS sheet,
    '' AS cell,
    item AS value,
    1 AS places,
    CASE
        WHEN NOT regexp_full_match(earlier, '\d{4}Q[1-4]') THEN '季度应写成 2021Q1 的形式'
        ELSE '可填的项目：区门户平均分、部门网站平均分'
    END AS detail
FROM core.info_earlier
WHERE
    NOT regexp_full_match(earlier, '\d{4}Q[1-4]')
    OR item NOT IN ('区门户平均分', '部门网站平均分')
