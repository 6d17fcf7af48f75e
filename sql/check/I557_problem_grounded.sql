-- A problem without a confirmed finding behind it (问题没有检查记录). A citation that is not known is left to I556; where the
-- rule book tells totals only, a problem need not cite.
SELECT
    paragraph.file,
    paragraph.sheet,
    title.cell,
    paragraph.title AS value,
    1 AS places,
    CASE
        WHEN paragraph.indicators = '' THEN '没有填写涉及指标'
        ELSE '所引的“' || paragraph.indicators || '”'
    END AS detail
FROM core.info_paragraph AS paragraph
INNER JOIN raw.sound AS title
    ON
        (paragraph.file, paragraph.sheet, paragraph.row_no) = (title.file, title.sheet, title.row_no)
        AND title.field = 'title'
CROSS JOIN reference.policy AS policy
CROSS JOIN core.evidence_whole
WHERE
    paragraph.section = 'problem'
    AND NOT (paragraph.indicators = '' AND policy.totals_only)
    AND NOT EXISTS (
        SELECT 1 FROM core.grounds AS ground
        WHERE (ground.section, ground.number) = (paragraph.section, paragraph.number)
    )
    AND NOT EXISTS (
        SELECT 1 FROM (SELECT unnest(string_split_regex(paragraph.indicators, '[、，,；;]')) AS name) AS cited
        WHERE trim(cited.name) <> '' AND folded(cited.name) NOT IN (SELECT known.name FROM reference.citation AS known)
    )
