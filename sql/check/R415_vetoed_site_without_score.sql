-- A vetoed site that still has scores (单项否决网站仍有得分).
SELECT
    result.file,
    result.sheet,
    veto.cell,
    veto.text AS value,
    1 AS places,
    result.site_name AS site
FROM core.site_result AS result
INNER JOIN raw.cell AS veto
    ON (result.file, result.sheet, result.row_no) = (veto.file, veto.sheet, veto.row_no) AND veto.field = 'veto'
WHERE
    result.veto <> 'none'
    AND EXISTS (
        SELECT 1 FROM core.indicator_score AS score
        WHERE (score.file, score.sheet, score.row_no) = (result.file, result.sheet, result.row_no) AND score.applicable
    )
