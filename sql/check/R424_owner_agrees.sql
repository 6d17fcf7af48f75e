-- A site under a unit that does not own it (主办单位与网站不一致). A code beside the name of another site is left to R412.
SELECT
    owner.file,
    owner.sheet,
    owner.cell,
    owner.text AS value,
    1 AS places,
    site.site_name AS site,
    unit.short_name AS expected
FROM raw.sound AS owner
INNER JOIN core.site_result AS result
    ON (owner.file, owner.sheet, owner.row_no) = (result.file, result.sheet, result.row_no)
INNER JOIN reference.site AS site
    ON result.site_code = site.site_code AND folded(result.site_name) = folded(site.site_name)
INNER JOIN reference.unit AS unit ON site.unit_id = unit.unit_id
WHERE owner.layout = 'site_score' AND owner.field = 'owner' AND owner.value NOT IN ('', site.unit_id)
