-- Every figure of the two groups of sites again (网站部分核对). Scores come from the totals that the sheets print,
-- which R405 has compared with their cells: another way to the same numbers than the measures take.
WITH previous AS (
    SELECT
        policy.rule_book,
        CASE
            WHEN policy.quarter LIKE '%Q1' THEN (policy.quarter[1:4]::INTEGER - 1)::VARCHAR || 'Q4'
            ELSE policy.quarter[1:5] || (policy.quarter[6]::INTEGER - 1)::VARCHAR
        END AS quarter
    FROM reference.policy AS policy
),

site_result AS (
    SELECT
        site.site_group || '_sites' AS section,
        site.site_code,
        site.roster_no,
        unit.short_name,
        grp.base_points + grp.bonus_points AS full_mark,
        result.veto = 'none' AS scored,
        result.printed_total AS score,
        result.veto = 'none' AND result.printed_base >= grp.pass_line AS passed,
        NOT EXISTS (
            SELECT 1
            FROM core.indicator_score AS score
            INNER JOIN reference.indicator AS indicator ON score.indicator_id = indicator.indicator_id
            WHERE
                (score.file, score.sheet, score.row_no) = (result.file, result.sheet, result.row_no)
                AND indicator.part = 'deduct' AND score.score < indicator.points
        ) AS clean
    FROM core.site_result AS result
    INNER JOIN reference.site AS site ON result.site_code = site.site_code
    INNER JOIN reference.site_group AS grp ON site.site_group = grp.site_group
    INNER JOIN reference.unit AS unit ON site.unit_id = unit.unit_id
),

named AS (
    SELECT section, 'unqualified' AS part, short_name, roster_no FROM site_result WHERE NOT passed
    UNION ALL
    SELECT section, 'full', short_name, roster_no FROM site_result WHERE scored AND score = full_mark
    UNION ALL
    SELECT section, 'without_deduction', short_name, roster_no FROM site_result WHERE scored AND clean
),

lists AS (
    SELECT
        section,
        part,
        sum(sites)::BIGINT AS sites,
        list(short_name ORDER BY first_no) AS members
    FROM (
        SELECT section, part, short_name, count(*) AS sites, min(roster_no) AS first_no
        FROM named
        GROUP BY section, part, short_name
    ) AS unit_once
    GROUP BY section, part
),

sections AS (
    SELECT
        section,
        count(*) AS sites,
        sum(score) FILTER (WHERE scored) AS total,
        count(*) FILTER (WHERE scored) AS scored,
        any_value(full_mark) AS full_mark
    FROM site_result
    GROUP BY section
),

tied AS (
    SELECT
        section,
        score,
        list(short_name ORDER BY first_no) AS names,
        1 + (
            SELECT count(*) FROM site_result AS better
            WHERE better.section = unit_once.section AND better.score > unit_once.score AND better.scored
        ) AS place,
        dense_rank() OVER (PARTITION BY section ORDER BY score DESC) AS number
    FROM (
        SELECT section, score, short_name, min(roster_no) AS first_no
        FROM site_result
        WHERE scored
        GROUP BY section, score, short_name
    ) AS unit_once
    GROUP BY section, score
),

losses AS (
    SELECT
        site.site_group || '_sites' AS section,
        indicator.report_as,
        min(indicator.catalogue_no) AS catalogue_no,
        bool_or(score.score < indicator.points) AS lost
    FROM core.indicator_score AS score
    INNER JOIN reference.indicator AS indicator
        ON score.indicator_id = indicator.indicator_id AND indicator.part = 'deduct'
    INNER JOIN reference.site AS site ON score.site_code = site.site_code
    WHERE score.applicable
    GROUP BY section, indicator.report_as
),

functions AS (
    SELECT
        site.site_group || '_sites' AS section,
        count(*) FILTER (WHERE mark.present) AS present
    FROM core.site_function AS mark
    INNER JOIN reference.site AS site ON mark.site_code = site.site_code
    WHERE mark.function_id = 'accessible'
    GROUP BY section
),

averages AS (
    SELECT section, (total * 100)::BIGINT AS hundredths, scored, FALSE AS earlier
    FROM sections
    WHERE scored > 0
    UNION ALL
    SELECT
        part.section,
        ((file.content::JSON ->> ('$.' || part.section || '.average.total'))::DECIMAL(12, 2) * 100)::BIGINT,
        (file.content::JSON ->> ('$.' || part.section || '.average.count'))::BIGINT,
        TRUE
    FROM raw.earlier AS file
    INNER JOIN previous ON file.earlier = previous.quarter
    CROSS JOIN (SELECT unnest(['district_sites', 'department_sites']) AS section) AS part
    WHERE
        file.content::JSON ->> '$.rule_book' = previous.rule_book
        AND file.content::JSON ->> ('$.' || part.section || '.average.total') IS NOT NULL
),

-- what 季度信息 declares, where no facts file says it
declared AS (
    SELECT baseline.*
    FROM (
        SELECT
            CASE info.item WHEN '区门户平均分' THEN 'district_sites' ELSE 'department_sites' END AS section,
            info.value
        FROM core.info_earlier AS info
        INNER JOIN previous ON info.earlier = previous.quarter
    ) AS baseline
    ANTI JOIN (SELECT section FROM averages WHERE earlier) AS known USING (section)
),

-- rounded half up in integers: units of the last printed decimal
printed AS (
    SELECT
        averages.section,
        averages.earlier,
        (2 * averages.hundredths * unit.parts + 100 * averages.scored) // (200 * averages.scored) AS parts,
        unit.parts AS of_one
    FROM averages
    CROSS JOIN (SELECT (10 ** score_decimals)::BIGINT AS parts FROM reference.policy) AS unit
    UNION ALL
    SELECT
        declared.section,
        TRUE,
        (declared.value * unit.parts)::BIGINT,
        unit.parts
    FROM declared
    CROSS JOIN (SELECT (10 ** score_decimals)::BIGINT AS parts FROM reference.policy) AS unit
),

figures AS (
    SELECT section || '.sites' AS id, sites::DECIMAL(12, 2) AS numerator, sites AS denominator, []::VARCHAR[] AS members
    FROM sections
    UNION ALL
    SELECT section || '.average', total, scored, [] FROM sections WHERE scored > 0
    UNION ALL
    SELECT section || '.full_mark', full_mark, 0, [] FROM sections
    UNION ALL
    SELECT grp.site_group || '_sites.bonus_mark', grp.bonus_points, 0, [] FROM reference.site_group AS grp
    UNION ALL
    SELECT
        now.section || '.change',
        ((now.parts - earlier.parts) * (100 // now.of_one) * 0.01)::DECIMAL(12, 2),
        0,
        []
    FROM printed AS now
    INNER JOIN printed AS earlier ON now.section = earlier.section AND earlier.earlier
    WHERE NOT now.earlier
    UNION ALL
    SELECT section || '.standings.' || number, score, place, names FROM tied
    UNION ALL
    SELECT
        sections.section || '.' || part.part,
        coalesce(lists.sites, 0),
        sections.sites,
        coalesce(lists.members, [])
    FROM sections
    CROSS JOIN (SELECT unnest(['unqualified', 'full', 'without_deduction']) AS part) AS part
    LEFT JOIN lists ON sections.section = lists.section AND part.part = lists.part
    UNION ALL
    SELECT
        sections.section || '.clean_indicators',
        count(*) FILTER (WHERE NOT losses.lost),
        count(losses.lost),
        coalesce(list(losses.report_as ORDER BY losses.catalogue_no) FILTER (WHERE NOT losses.lost), [])
    FROM sections
    LEFT JOIN losses ON sections.section = losses.section
    GROUP BY sections.section
    UNION ALL
    SELECT sections.section || '.accessible', coalesce(functions.present, 0), sections.sites, []
    FROM sections
    LEFT JOIN functions ON sections.section = functions.section
)

SELECT
    id,
    numerator::DECIMAL(12, 2) AS numerator,
    denominator::BIGINT AS denominator,
    members
FROM figures
