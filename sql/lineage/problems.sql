-- The cells that can move a figure of the confirmed problems (存在的问题数字的来源): the ledger of deductions, and for the
-- units that a paragraph concerns its own row and the vetoed sites as well.
SELECT
    unnest(['problems.rows', 'problems.sites', 'problems.clean_units', 'problems.concerned.*']) AS figure,
    file,
    sheet,
    cell
FROM raw.cell
WHERE layout = 'deduction' AND field IN ('site_code', 'indicator_id', 'confirmed')
UNION ALL
SELECT
    'problems.concerned.*' AS figure,
    file,
    sheet,
    cell
FROM raw.cell
WHERE layout = 'site_score' AND field IN ('site_code', 'veto')
UNION ALL
SELECT
    'problems.concerned.' || coalesce(paragraph.number::VARCHAR, '*') AS figure,
    given.file,
    given.sheet,
    given.cell
FROM raw.cell AS given
LEFT JOIN core.info_paragraph AS paragraph
    ON
        (given.file, given.sheet, given.row_no) = (paragraph.file, paragraph.sheet, paragraph.row_no)
        AND paragraph.section = 'problem'
WHERE given.layout = 'info_problem' AND given.field IN ('title', 'content', 'indicators')
