-- Every figure of the two groups of sites again (网站部分核对). Scores come from the totals that the sheets print,
-- which R405 has compared with their cells: another way to the same numbers than the measures take.
WITH site_result AS (
    SELECT
        result.*,
        result.veto = 'none' AND CASE
            WHEN policy.totals_only THEN result.deduction = 0
            ELSE NOT EXISTS (
                SELECT 1
                FROM core.indicator_score AS score
                INNER JOIN reference.indicator AS indicator ON score.indicator_id = indicator.indicator_id
                WHERE
                    (score.file, score.sheet, score.row_no) = (result.file, result.sheet, result.row_no)
                    AND indicator.part = 'deduct' AND score.score < indicator.points
            )
        END AS clean
    FROM core.outcome AS result
    CROSS JOIN reference.policy AS policy
),

named AS (
    SELECT section, 'unqualified' AS part, short_name, roster_no FROM site_result WHERE level = 'unqualified'
    UNION ALL
    SELECT section, 'full', short_name, roster_no FROM site_result WHERE score = full_mark
    UNION ALL
    SELECT section, 'without_deduction', short_name, roster_no FROM site_result WHERE clean
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
        any_value(site_group) AS site_group,
        count(*) AS sites,
        count(*) FILTER (WHERE level = 'unqualified') AS unqualified,
        count(*) FILTER (WHERE level = 'basic') AS basic,
        count(*) FILTER (WHERE veto = 'none') AS unvetoed,
        sum(score) AS total,
        count(score) AS scored,
        sum(deduction) AS deduction,
        sum(bonus) AS bonus,
        any_value(full_mark) AS full_mark
    FROM site_result
    GROUP BY section
),

units AS (
    SELECT
        section,
        short_name,
        min(roster_no) AS first_no,
        bool_or(level = 'unqualified') AS faulty
    FROM site_result
    GROUP BY section, short_name
),

-- what sites are ranked by: score, bonus, and the points gained since the quarter before
ranked AS (
    SELECT section, 'standings' AS part, score AS points, short_name, roster_no FROM site_result
    UNION ALL
    SELECT section, 'bonuses', bonus, short_name, roster_no FROM site_result
    UNION ALL
    SELECT now.section, 'rises', now.score - last_site.score, now.short_name, now.roster_no
    FROM site_result AS now
    INNER JOIN raw.last_site AS last_site
        ON now.site_code = last_site.site_code AND now.section = last_site.section
),

tied AS (
    SELECT
        section,
        part,
        points,
        list(short_name ORDER BY first_no) AS names,
        1 + (
            SELECT count(*) FROM ranked AS better
            WHERE
                (better.section, better.part) = (unit_once.section, unit_once.part)
                AND better.points > unit_once.points
        ) AS place,
        dense_rank() OVER (PARTITION BY section, part ORDER BY points DESC) AS number
    FROM (
        SELECT section, part, points, short_name, min(roster_no) AS first_no
        FROM ranked
        WHERE points IS NOT NULL
        GROUP BY section, part, points, short_name
    ) AS unit_once
    GROUP BY section, part, points
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
    WHERE score.applicable AND score.score IS NOT NULL
    GROUP BY section, indicator.report_as
),

banded AS (
    SELECT
        sections.section || '.bands.' || band.band_no AS place,
        band.low,
        band.high,
        sections.scored,
        (
            SELECT count(*) FROM site_result AS site
            WHERE
                site.section = sections.section
                AND site.score >= coalesce(band.low, 0)
                AND (band.high IS NULL OR site.score < band.high)
        ) AS sites
    FROM reference.score_band AS band
    INNER JOIN sections ON band.site_group = sections.site_group
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
    SELECT section || '.' || part || '.' || number, points, place, names FROM tied
    UNION ALL
    SELECT section || '.rate', sites - unqualified, sites, [] FROM sections
    UNION ALL
    SELECT
        section || '.' || unnest(['basic', 'scored', 'unvetoed']),
        unnest([basic, scored, unvetoed]),
        sites,
        []
    FROM sections
    UNION ALL
    SELECT section || '.deduction', deduction, unvetoed, [] FROM sections WHERE unvetoed > 0
    UNION ALL
    SELECT section || '.bonus', bonus, unvetoed, [] FROM sections WHERE unvetoed > 0
    UNION ALL
    SELECT
        units.section || '.' || part.name,
        count(*) FILTER (WHERE units.faulty = part.faulty),
        count(*),
        coalesce(list(units.short_name ORDER BY units.first_no) FILTER (WHERE units.faulty = part.faulty), [])
    FROM units
    CROSS JOIN (VALUES ('sound_units', FALSE), ('faulty_units', TRUE)) AS part (name, faulty)
    GROUP BY units.section, part.name
    UNION ALL
    SELECT place || '.low', low, 0, [] FROM banded WHERE low IS NOT NULL
    UNION ALL
    SELECT place || '.high', high, 0, [] FROM banded WHERE high IS NOT NULL
    UNION ALL
    SELECT place || '.sites', sites, scored, [] FROM banded
    UNION ALL
    SELECT place || '.share', sites, scored, [] FROM banded WHERE scored > 0
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
    SELECT
        sections.section || '.functions.' || function.function_id,
        count(site.site_code) FILTER (WHERE mark.present),
        any_value(sections.sites),
        []
    FROM sections
    CROSS JOIN reference.function AS function
    LEFT JOIN core.site_function AS mark ON function.function_id = mark.function_id
    LEFT JOIN reference.site AS site
        ON mark.site_code = site.site_code AND sections.site_group = site.site_group
    GROUP BY sections.section, function.function_id
)

SELECT
    id,
    numerator::DECIMAL(12, 2) AS numerator,
    denominator::BIGINT AS denominator,
    members
FROM figures
