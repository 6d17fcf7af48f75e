-- The cells of 统计补充表 that can move a figure of other work (其他工作数字的来源). Which item a row is of may be read otherwise.
SELECT
    'work.' || CASE
        WHEN given.field = 'supplement_id' THEN '*'
        ELSE coalesce(nullif(item.value, ''), '') || '*'
    END AS figure,
    given.file,
    given.sheet,
    given.cell
FROM raw.cell AS given
LEFT JOIN raw.cell AS item
    ON
        (given.file, given.sheet, given.row_no) = (item.file, item.sheet, item.row_no)
        AND item.layout = 'supplement' AND item.field = 'supplement_id'
WHERE given.layout = 'supplement' AND given.field IN ('supplement_id', 'unit_id', 'total', 'part')
