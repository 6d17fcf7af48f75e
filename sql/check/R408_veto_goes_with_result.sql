-- An unqualified account without a veto situation, or a qualified one with one (检查结果与否决情形不一致).
SELECT
    account.file,
    account.sheet,
    veto.cell,
    account.account AS value,
    1 AS places,
    CASE WHEN account.passed THEN '合格' ELSE '不合格' END AS result,
    CASE WHEN account.veto = '' THEN '未填写' ELSE '为“' || account.veto || '”' END AS reason
FROM core.account AS account
INNER JOIN raw.cell AS veto
    ON
        (account.file, account.sheet, account.row_no) = (veto.file, veto.sheet, veto.row_no)
        AND veto.field = 'veto'
WHERE account.passed = (account.veto <> '')
