-- An item of 统计补充表 that is not filled as its kind asks (补充项目填写不当).
SELECT
    told.file,
    told.sheet,
    item.cell,
    known.label AS value,
    1 AS places,
    CASE known.kind
        WHEN 'count' THEN '应当只填总数'
        WHEN 'share' THEN '应当填总数和其中，单位留空'
        ELSE '应当一家单位一行，总数和其中留空'
    END AS reason
FROM core.supplement AS told
INNER JOIN reference.supplement AS known ON told.supplement_id = known.supplement_id
INNER JOIN raw.cell AS item
    ON
        (told.file, told.sheet, told.row_no) = (item.file, item.sheet, item.row_no)
        AND item.field = 'supplement_id'
WHERE
    (told.unit_id <> '', told.total IS NOT NULL, told.part IS NOT NULL)
    <> (known.kind = 'units', known.kind <> 'units', known.kind = 'share')
