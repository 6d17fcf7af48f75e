-- A practice of a site or account that failed (做法所列对象不合格).
SELECT
    '季度信息.xlsx' AS file,
    '典型做法' AS sheet,
    '' AS cell,
    practice.account AS value,
    1 AS places
FROM core.info_practice AS practice
INNER JOIN core.account AS account
    ON practice.account = account.account AND practice.platform_id = account.platform_id
WHERE practice.section = 'new_media' AND NOT account.passed
UNION ALL
SELECT
    '季度信息.xlsx',
    '典型做法',
    '',
    result.site_name,
    1
FROM core.info_practice AS practice
INNER JOIN reference.site AS site ON practice.unit_id = site.unit_id
INNER JOIN core.site_result AS result ON site.site_code = result.site_code
WHERE practice.section IN ('district_sites', 'department_sites') AND result.veto <> 'none'
