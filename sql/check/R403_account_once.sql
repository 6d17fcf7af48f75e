-- An account that stands twice on one platform (账号重复), in any spelling of width and spaces.
SELECT
    max_by(name.file, (account.file, account.sheet, account.row_no)) AS file,
    max_by(name.sheet, (account.file, account.sheet, account.row_no)) AS sheet,
    max_by(name.cell, (account.file, account.sheet, account.row_no)) AS cell,
    max_by(account.account, (account.file, account.sheet, account.row_no)) AS value,
    1 AS places,
    platform.name AS platform,
    count(*) AS times,
    CASE WHEN min(account.file) < max(account.file) THEN min(account.file) || '!' ELSE '' END
    || min_by(name.sheet || '!' || name.cell, (account.file, account.sheet, account.row_no)) AS first
FROM core.account AS account
INNER JOIN reference.platform AS platform ON account.platform_id = platform.platform_id
INNER JOIN raw.cell AS name
    ON
        (account.file, account.sheet, account.row_no) = (name.file, name.sheet, name.row_no)
        AND name.field = 'account'
GROUP BY folded(account.account), platform.name
HAVING count(*) > 1
