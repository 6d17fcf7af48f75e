-- A practice of a unit, or of an account, that has a confirmed finding under the indicators of the practice (既表扬又扣分).
SELECT
    practice.file,
    practice.sheet,
    max(cited.cell) AS cell,
    unit.short_name AS value,
    1 AS places
FROM core.info_practice AS practice
INNER JOIN core.grounds AS ground ON ground.section = 'practice' AND practice.number = ground.number
INNER JOIN reference.unit AS unit ON practice.unit_id = unit.unit_id
INNER JOIN raw.sound AS cited
    ON
        (practice.file, practice.sheet, practice.row_no) = (cited.file, cited.sheet, cited.row_no)
        AND cited.field = 'indicators'
LEFT JOIN core.account AS account
    ON
        (practice.account, practice.platform_id, practice.unit_id)
        = (account.account, account.platform_id, account.unit_id)
WHERE
    practice.unit_id = ground.unit_id
    AND (
        (ground.kind IN ('site', 'message') AND practice.section <> 'new_media')
        OR ground.object = concat_ws(' ', account.file, account.sheet, account.row_no)
    )
GROUP BY practice.file, practice.sheet, practice.number, unit.short_name
