-- 不涉及 where the indicator has to be checked (不得填写“不涉及”): only service indicators of sites without services. One
-- finding for a site, at its first indicator.
SELECT
    score.file,
    score.sheet,
    arg_min(score.cell, indicator.catalogue_no) AS cell,
    '不涉及' AS value,
    count(*) AS places,
    site.site_name AS site,
    arg_min(indicator.name, indicator.catalogue_no) AS indicator
FROM core.indicator_score AS score
INNER JOIN core.site_result AS result
    ON (score.file, score.sheet, score.row_no) = (result.file, result.sheet, result.row_no)
INNER JOIN reference.indicator AS indicator ON score.indicator_id = indicator.indicator_id
INNER JOIN reference.site AS site ON score.site_code = site.site_code
WHERE NOT score.applicable AND result.veto = 'none' AND (site.serves_public OR NOT indicator.service)
GROUP BY score.file, score.sheet, score.row_no, site.site_name
