-- An account whose organiser bears the name of one district and that counts under another unit
-- (主办单位与归口单位似不一致): a warning, for the organiser is free text.
SELECT
    organiser.file,
    organiser.sheet,
    counted.cell,
    organiser.value,
    1 AS places,
    account.account,
    unit.short_name AS unit
FROM core.account AS account
INNER JOIN raw.sound AS organiser
    ON
        (account.file, account.sheet, account.row_no) = (organiser.file, organiser.sheet, organiser.row_no)
        AND organiser.field = 'organiser'
INNER JOIN raw.sound AS counted
    ON
        (account.file, account.sheet, account.row_no) = (counted.file, counted.sheet, counted.row_no)
        AND counted.field = 'unit_id'
INNER JOIN reference.unit AS unit ON account.unit_id = unit.unit_id
INNER JOIN reference.unit AS district
    ON
        district.unit_group = 'district' AND account.unit_id <> district.unit_id
        AND (
            starts_with(folded(organiser.value), folded(district.short_name))
            OR starts_with(folded(organiser.value), folded(district.full_name))
        )
