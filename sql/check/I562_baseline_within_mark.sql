-- A baseline figure above the full mark of its group (前期数据超过满分). An unknown item or quarter is left to I509.
WITH mark AS (
    SELECT
        site_group || '_sites' AS section,
        base_points + bonus_points AS points
    FROM reference.site_group
    UNION ALL
    SELECT
        unnest(['new_media.districts', 'new_media.departments']),
        account_mark
    FROM reference.policy
)

SELECT
    number.file,
    number.sheet,
    number.cell,
    number.text AS value,
    1 AS places,
    item.value AS item,
    mark.points::INTEGER AS mark
FROM raw.sound AS number
INNER JOIN raw.sound AS item
    ON (number.file, number.sheet, number.row_no) = (item.file, item.sheet, item.row_no) AND item.field = 'item'
INNER JOIN raw.sound AS earlier
    ON
        (number.file, number.sheet, number.row_no) = (earlier.file, earlier.sheet, earlier.row_no)
        AND earlier.field = 'earlier'
INNER JOIN reference.baseline AS known ON item.value = known.item
INNER JOIN mark ON known.section = mark.section
CROSS JOIN reference.policy AS policy
WHERE
    number.layout = 'info_earlier' AND number.field = 'value' AND number.state = 'ok'
    AND earlier.value >= policy.book_from
    AND number.value::DECIMAL(12, 4) > mark.points
