-- A site of the roster without a row (网站缺报) in a table that must cover every site, at the sheet where its group
-- stands. A group without any row is left to F107, and nothing is missing where the rule book inspects a sample.
WITH present AS (
    SELECT DISTINCT
        delivered.layout,
        delivered.file,
        delivered.sheet,
        site.site_code,
        site.site_group
    FROM raw.cell AS delivered
    INNER JOIN reference.site AS site
        ON
            (delivered.field = 'site_code' AND delivered.value = site.site_code)
            OR (delivered.field = 'site_name' AND delivered.value = site.site_name)
    INNER JOIN reference.policy AS policy ON policy.census
    WHERE delivered.layout IN ('site_score', 'site_function')
),

place AS (
    SELECT
        layout,
        site_group,
        mode((file, sheet)) AS stands
    FROM present
    GROUP BY layout, site_group
)

SELECT
    place.stands[1] AS file,
    place.stands[2] AS sheet,
    '' AS cell,
    site.site_name AS value,
    1 AS places,
    site.site_code,
    known.title AS "table"
FROM place
INNER JOIN reference.site AS site ON place.site_group = site.site_group
INNER JOIN reference.layout_column AS known ON place.layout = known.layout AND known.field = 'site_code'
WHERE (place.layout, site.site_code) NOT IN (SELECT (present.layout, present.site_code) FROM present)
