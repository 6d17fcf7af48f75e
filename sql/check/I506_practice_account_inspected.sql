-- A quoted account that is not among the inspected ones with that platform and unit (做法所列账号不在检查范围). An account
-- whose row could not be read, and a missing table of accounts, are left to those findings.
WITH practice AS (
    SELECT
        file,
        sheet,
        row_no,
        max(value) FILTER (WHERE field = 'section') AS section,
        max(value) FILTER (WHERE field = 'unit_id') AS unit_id,
        max(value) FILTER (WHERE field = 'platform_id') AS platform_id,
        max(value) FILTER (WHERE field = 'account') AS account,
        max(cell) FILTER (WHERE field = 'account') AS cell
    FROM raw.sound
    WHERE layout = 'info_practice'
    GROUP BY file, sheet, row_no
)

SELECT
    practice.file,
    practice.sheet,
    practice.cell,
    coalesce(nullif(practice.account, ''), '未填账号') AS value,
    1 AS places,
    coalesce(platform.name, '未填平台') AS platform,
    unit.short_name AS unit
FROM practice
INNER JOIN reference.unit AS unit ON practice.unit_id = unit.unit_id
LEFT JOIN reference.platform AS platform ON practice.platform_id = platform.platform_id
WHERE
    practice.section = 'new_media'
    AND EXISTS (SELECT 1 FROM raw.cell WHERE raw.cell.layout = 'account')
    AND NOT EXISTS (
        SELECT 1 FROM core.account AS account
        WHERE
            (account.account, account.platform_id, account.unit_id)
            = (practice.account, practice.platform_id, practice.unit_id)
    )
    AND NOT EXISTS (
        SELECT 1 FROM raw.cell AS name
        WHERE
            name.layout = 'account' AND name.field = 'account' AND name.value = practice.account
            AND (name.file, name.sheet, name.row_no)
            IN (SELECT (bad.file, bad.sheet, bad.row_no) FROM raw.cell AS bad WHERE bad.state = 'bad')
    )
