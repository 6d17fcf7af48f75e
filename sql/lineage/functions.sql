-- The cells of the table of functions that can move a figure (网站功能数字的来源).
SELECT
    coalesce(site.site_group, '*') || '_sites.functions.' || coalesce(nullif(given.member, ''), '*') AS figure,
    given.file,
    given.sheet,
    given.cell
FROM raw.cell AS given
LEFT JOIN raw.cell AS code
    ON
        (given.file, given.sheet, given.row_no) = (code.file, code.sheet, code.row_no)
        AND code.layout = 'site_function' AND code.field = 'site_code'
LEFT JOIN reference.site AS site ON code.value = site.site_code
WHERE given.layout = 'site_function' AND given.field IN ('site_code', 'present')
