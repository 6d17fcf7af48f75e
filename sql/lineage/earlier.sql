-- What earlier quarters say that can move a figure of this one (前期数据的来源): whole facts files, which have no cells, and
-- the cells of 前期数据.
SELECT
    unnest(
        CASE
            WHEN
                file.earlier = CASE
                    WHEN policy.quarter LIKE '%Q1' THEN (policy.quarter[1:4]::INTEGER - 1)::VARCHAR || 'Q4'
                    ELSE policy.quarter[1:5] || (policy.quarter[6]::INTEGER - 1)::VARCHAR
                END
                THEN [
                    'sites.streak', 'sites.rechecked', 'sites.recovered', 'sites.repeated', 'sites.added',
                    'sites.closed', '*_sites.change', '*_sites.rises.*', 'new_media.*change'
                ]
            ELSE ['sites.streak', '*_sites.year_change']
        END
    ) AS figure,
    file.file,
    '' AS sheet,
    '' AS cell
FROM raw.earlier AS file
CROSS JOIN reference.policy AS policy
UNION ALL
SELECT
    coalesce(known.section, '*') || unnest(['.change', '.year_change']) AS figure,
    given.file,
    given.sheet,
    given.cell
FROM raw.cell AS given
LEFT JOIN raw.cell AS item
    ON
        given.field = 'value'
        AND (given.file, given.sheet, given.row_no) = (item.file, item.sheet, item.row_no)
        AND item.layout = 'info_earlier' AND item.field = 'item'
LEFT JOIN reference.baseline AS known ON item.value = known.item
WHERE given.layout = 'info_earlier'
