-- Indicators that a score sheet has no column for (缺少指标列): bonus indicators only where a group has bonus points.
-- A column whose name is unknown (N304) is one that is missing: as many are left to those findings.
SELECT
    sheet.file,
    sheet.sheet,
    '' AS cell,
    string_agg(indicator.name, '、' ORDER BY indicator.catalogue_no) AS value,
    count(*) AS places
FROM (
    SELECT
        result.file,
        result.sheet,
        mode(grp.bonus_points) AS bonus_points
    FROM core.site_result AS result
    INNER JOIN reference.site AS site ON result.site_code = site.site_code
    INNER JOIN reference.site_group AS grp ON site.site_group = grp.site_group
    GROUP BY result.file, result.sheet
) AS sheet
CROSS JOIN reference.indicator AS indicator
WHERE
    (indicator.part = 'deduct' OR sheet.bonus_points > 0)
    AND NOT EXISTS (
        SELECT 1 FROM raw.cell AS delivered
        WHERE
            (delivered.file, delivered.sheet, delivered.member)
            = (sheet.file, sheet.sheet, indicator.indicator_id)
    )
GROUP BY sheet.file, sheet.sheet
HAVING count(*) > (
    SELECT count(*) FROM raw.cell AS header
    WHERE header.field = 'unknown' AND (header.file, header.sheet) = (sheet.file, sheet.sheet)
)
