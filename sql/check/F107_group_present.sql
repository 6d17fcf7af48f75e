-- A group of sites without a single row (缺少一组网站的数据) in a table that must cover every site. A group whose file or
-- sheet could not be read is left to that finding.
SELECT
    min(file.file) AS file,
    '' AS sheet,
    '' AS cell,
    grp.label AS value,
    1 AS places,
    known.title AS "table",
    count(DISTINCT site.site_code) AS sites
FROM reference.site AS site
INNER JOIN reference.site_group AS grp ON site.site_group = grp.site_group
INNER JOIN reference.layout_column AS known
    ON known.layout IN ('site_score', 'site_function') AND known.field = 'site_code'
INNER JOIN raw.file AS file ON list_contains(string_split(file.layouts, '、'), known.title)
WHERE
    NOT EXISTS (
        SELECT 1 FROM raw.finding AS unread
        WHERE unread.code LIKE 'F%' AND unread.severity = 'error' AND unread.code <> 'F101'
    )
GROUP BY site.site_group, grp.label, known.layout, known.title
HAVING count(*) FILTER (
    WHERE EXISTS (
        SELECT 1 FROM raw.cell AS delivered
        WHERE delivered.layout = known.layout AND delivered.value IN (site.site_code, site.site_name)
    )
) = 0
