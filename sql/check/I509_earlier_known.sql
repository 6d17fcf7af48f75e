-- A baseline figure that no statement uses (前期数据无法识别), of another rule book, or of accounts without scores.
SELECT
    item.file,
    item.sheet,
    item.cell,
    item.value,
    1 AS places,
    CASE
        WHEN NOT regexp_full_match(earlier.value, '\d{4}Q[1-4]') THEN '季度应写成 2021Q1 的形式'
        WHEN earlier.value < policy.book_from
            THEN '该季度适用另一套检查指标，得分不能比较，请删去这一行'
        WHEN item.value IN (SELECT known.item FROM reference.baseline AS known)
            THEN '检查指标不给账号计分，没有可以比较的平均分，请删去这一行'
        ELSE '可填的项目：' || (SELECT string_agg(known.item, '、' ORDER BY known.item_no) FROM reference.baseline AS known)
    END AS detail
FROM raw.sound AS item
INNER JOIN raw.sound AS earlier
    ON
        (item.file, item.sheet, item.row_no) = (earlier.file, earlier.sheet, earlier.row_no)
        AND earlier.field = 'earlier'
CROSS JOIN reference.policy AS policy
WHERE
    item.layout = 'info_earlier' AND item.field = 'item'
    AND (
        NOT regexp_full_match(earlier.value, '\d{4}Q[1-4]')
        OR earlier.value < policy.book_from
        OR item.value NOT IN (
            SELECT known.item FROM reference.baseline AS known
            WHERE policy.account_mark IS NOT NULL OR NOT starts_with(known.section, 'new_media')
        )
    )
