-- Printed totals that no indicator explains and that the rule book does not allow (表中合计不合规定): those of a vetoed
-- site, and every one where the rule book knows totals only. A vetoed site with indicator scores is left to R415.
WITH judged AS (
    SELECT
        result.file,
        result.sheet,
        result.row_no,
        result.site_name,
        CASE
            WHEN result.veto <> 'none'
                THEN
                    CASE
                        WHEN result.printed_total <> policy.veto_score THEN '单项否决的网站总分由检查指标规定'
                        WHEN result.printed_total IS NOT NULL AND policy.veto_score IS NULL
                            THEN '单项否决的网站不计分'
                    END
            WHEN NOT policy.totals_only THEN NULL
            WHEN result.printed_base IS NULL OR result.printed_total IS NULL THEN '缺少扣分项得分或总分'
            WHEN result.printed_base > grp.base_points THEN '扣分项得分超过基础分'
            WHEN result.printed_bonus > grp.bonus_points THEN '加分超过上限'
            WHEN result.printed_bonus > 0 AND result.printed_base <= grp.bonus_above THEN '扣分项得分未达到加分门槛'
            WHEN result.printed_base + coalesce(result.printed_bonus, 0) <> result.printed_total
                THEN '总分不等于扣分项得分与加分之和'
        END AS reason
    FROM core.site_result AS result
    INNER JOIN reference.site AS site ON result.site_code = site.site_code
    INNER JOIN reference.site_group AS grp ON site.site_group = grp.site_group
    CROSS JOIN reference.policy AS policy
)

SELECT
    judged.file,
    judged.sheet,
    total.cell,
    coalesce(nullif(total.text, ''), '空') AS value,
    1 AS places,
    judged.site_name AS site,
    judged.reason
FROM judged
INNER JOIN raw.cell AS total
    ON
        (judged.file, judged.sheet, judged.row_no) = (total.file, total.sheet, total.row_no)
        AND total.field = 'printed_total'
WHERE
    judged.reason IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM core.indicator_score AS score
        WHERE (score.file, score.sheet, score.row_no) = (judged.file, judged.sheet, judged.row_no) AND score.applicable
    )
