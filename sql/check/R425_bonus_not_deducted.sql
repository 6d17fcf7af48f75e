-- A confirmed row of the ledger under a bonus indicator (扣分明细列有加分指标): it would count nowhere.
SELECT
    deduction.file,
    deduction.sheet,
    name.cell,
    indicator.name AS value,
    1 AS places,
    site.site_name AS site
FROM core.deduction AS deduction
INNER JOIN reference.indicator AS indicator
    ON deduction.indicator_id = indicator.indicator_id AND indicator.part = 'bonus'
INNER JOIN reference.site AS site ON deduction.site_code = site.site_code
INNER JOIN raw.cell AS name
    ON
        (deduction.file, deduction.sheet, deduction.row_no) = (name.file, name.sheet, name.row_no)
        AND name.field = 'indicator_id'
WHERE deduction.confirmed
