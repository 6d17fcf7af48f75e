-- A message under a unit that does not own the site (归口单位与网站不一致).
SELECT
    report.file,
    report.sheet,
    unit.cell,
    unit.text AS value,
    1 AS places,
    report.report_no AS number,
    report.site_code,
    owner.short_name AS expected
FROM core.error_report AS report
INNER JOIN reference.site AS site ON report.site_code = site.site_code
INNER JOIN reference.unit AS owner ON site.unit_id = owner.unit_id
INNER JOIN raw.cell AS unit
    ON (report.file, report.sheet, report.row_no) = (unit.file, unit.sheet, unit.row_no) AND unit.field = 'unit_id'
WHERE report.unit_id <> site.unit_id
