-- A score of an account where the rule book knows none, or none where it asks for one, or one that is not of its scale
-- (账号得分有误): one finding per sheet and reason.
WITH judged AS (
    SELECT
        account.file,
        account.sheet,
        account.row_no,
        account.account,
        CASE
            WHEN policy.account_mark IS NULL
                THEN CASE WHEN account.score IS NOT NULL THEN '检查指标只判定账号是否合格，不填写得分' END
            WHEN NOT account.passed
                THEN
                    CASE
                        WHEN account.score <> policy.veto_score THEN '单项否决的账号得分由检查指标规定'
                        WHEN account.score IS NOT NULL AND policy.veto_score IS NULL THEN '单项否决的账号不计分'
                    END
            WHEN account.score IS NULL THEN '合格的账号没有得分'
            WHEN account.score > policy.account_mark THEN '得分超过满分'
            WHEN account.score % policy.score_step <> 0 THEN '得分不是规定单位的倍数'
        END AS reason
    FROM core.account AS account
    CROSS JOIN reference.policy AS policy
)

SELECT
    judged.file,
    judged.sheet,
    arg_min(coalesce(score.cell, name.cell), judged.row_no) AS cell,
    arg_min(judged.account, judged.row_no) AS value,
    count(*) AS places,
    judged.reason
FROM judged
INNER JOIN raw.cell AS name
    ON (judged.file, judged.sheet, judged.row_no) = (name.file, name.sheet, name.row_no) AND name.field = 'account'
LEFT JOIN raw.cell AS score
    ON (judged.file, judged.sheet, judged.row_no) = (score.file, score.sheet, score.row_no) AND score.field = 'score'
WHERE judged.reason IS NOT NULL
GROUP BY judged.file, judged.sheet, judged.reason
