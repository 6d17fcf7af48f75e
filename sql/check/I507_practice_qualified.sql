-- A practice of a site or account that failed (做法所列对象不合格).
WITH practice AS (
    SELECT
        file,
        sheet,
        row_no,
        max(value) FILTER (WHERE field = 'section') AS section,
        max(value) FILTER (WHERE field = 'unit_id') AS unit_id,
        max(value) FILTER (WHERE field = 'platform_id') AS platform_id,
        max(value) FILTER (WHERE field = 'account') AS account,
        max(cell) FILTER (WHERE field = 'account') AS account_cell,
        max(cell) FILTER (WHERE field = 'unit_id') AS unit_cell
    FROM raw.sound
    WHERE layout = 'info_practice'
    GROUP BY file, sheet, row_no
)

SELECT
    practice.file,
    practice.sheet,
    practice.account_cell AS cell,
    practice.account AS value,
    1 AS places
FROM practice
INNER JOIN core.account AS account
    ON
        (practice.account, practice.platform_id, practice.unit_id)
        = (account.account, account.platform_id, account.unit_id)
WHERE practice.section = 'new_media' AND NOT account.passed
UNION ALL
SELECT
    practice.file,
    practice.sheet,
    practice.unit_cell,
    result.site_name,
    1
FROM practice
INNER JOIN reference.site AS site ON practice.unit_id = site.unit_id
INNER JOIN reference.site_group AS grp ON site.site_group = grp.site_group
INNER JOIN core.site_result AS result ON site.site_code = result.site_code
WHERE
    practice.section IN ('district_sites', 'department_sites')
    AND (result.veto <> 'none' OR result.printed_base < grp.pass_line)
