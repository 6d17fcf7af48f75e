-- What the sheets say of every inspected site (网站检查结果): its score from the printed totals, which R405 has compared with
-- the cells, and its level.
CREATE OR REPLACE VIEW core.outcome AS
SELECT
    site.site_group,
    site.site_group || '_sites' AS section,
    site.site_code,
    site.site_name,
    site.roster_no,
    unit.short_name,
    result.file,
    result.sheet,
    result.row_no,
    result.veto,
    grp.base_points,
    grp.base_points + grp.bonus_points AS full_mark,
    CASE WHEN result.veto = 'none' THEN grp.base_points - result.printed_base END AS deduction,
    CASE WHEN result.veto = 'none' THEN result.printed_total - result.printed_base END AS bonus,
    CASE WHEN result.veto = 'none' THEN result.printed_total ELSE policy.veto_score END AS score,
    CASE
        WHEN result.veto <> 'none' THEN 'unqualified'
        WHEN result.printed_base >= grp.pass_line THEN 'qualified'
        WHEN result.printed_base >= grp.basic_line THEN 'basic'
        ELSE 'unqualified'
    END AS level
FROM core.site_result AS result
INNER JOIN reference.site AS site ON result.site_code = site.site_code
INNER JOIN reference.site_group AS grp ON site.site_group = grp.site_group
INNER JOIN reference.unit AS unit ON site.unit_id = unit.unit_id
CROSS JOIN reference.policy AS policy
