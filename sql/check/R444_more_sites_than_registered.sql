-- An item of 统计补充表 that counts more websites than are registered (网站数大于名录所列).
SELECT
    told.file,
    told.sheet,
    total.cell,
    told.total AS value,
    1 AS places,
    known.label AS item,
    registered.sites
FROM core.supplement AS told
INNER JOIN reference.supplement AS known ON told.supplement_id = known.supplement_id
INNER JOIN raw.cell AS total
    ON (told.file, told.sheet, told.row_no) = (total.file, total.sheet, total.row_no) AND total.field = 'total'
CROSS JOIN (SELECT count(*) AS sites FROM reference.site) AS registered
WHERE known.of_sites AND told.total > registered.sites
