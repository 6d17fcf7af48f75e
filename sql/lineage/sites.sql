-- The cells of the score sheets that can move a figure of sites (网站数字的来源): `figure` is an id, or a pattern of ids in
-- which * stands for anything. A row whose code is not of the roster may be of either group.
WITH owned AS (
    SELECT
        given.file,
        given.sheet,
        given.row_no,
        given.value AS site_code,
        coalesce(site.site_group, '*') || '_sites' AS section
    FROM raw.cell AS given
    LEFT JOIN reference.site AS site ON given.value = site.site_code
    WHERE given.layout = 'site_score' AND given.field = 'site_code'
),

-- what a cell tells: which site it is, its veto, its score under the line of deductions, or its bonus
told AS (
    SELECT
        given.file,
        given.sheet,
        given.cell,
        coalesce(owned.section, '*_sites') AS section,
        coalesce(owned.site_code, '*') AS site_code,
        CASE
            WHEN given.field = 'site_code' THEN 'site'
            WHEN given.field = 'veto' THEN 'veto'
            WHEN given.field IN ('printed_bonus', 'printed_total') OR indicator.part = 'bonus' THEN 'bonus'
            ELSE 'base'
        END AS kind
    FROM raw.cell AS given
    LEFT JOIN owned ON (given.file, given.sheet, given.row_no) = (owned.file, owned.sheet, owned.row_no)
    LEFT JOIN reference.indicator AS indicator ON given.member = indicator.indicator_id
    WHERE
        given.layout = 'site_score'
        AND given.field IN ('site_code', 'veto', 'score', 'deduction', 'printed_base', 'printed_bonus', 'printed_total')
)

-- how many sites there are
SELECT
    unnest(
        [
            'sites.inspected', 'sites.share', 'sites.added', 'sites.closed', 'sites.rechecked', 'problems.sites',
            section || '.sites', section || '.functions.*'
        ]
    ) AS figure,
    file,
    sheet,
    cell
FROM told
WHERE kind = 'site'
UNION ALL
-- which of them have a score
SELECT
    section || unnest(['.scored', '.unvetoed', '.bands.*.share', '.bands.*.sites']) AS figure,
    file,
    sheet,
    cell
FROM told
WHERE kind IN ('site', 'veto')
UNION ALL
-- what the points that were taken decide: the level, who lost nothing, which indicator cost nobody anything
SELECT
    unnest(
        [
            'sites.rate', 'sites.basic', 'sites.unqualified', 'sites.reasons.*', 'sites.streak', 'sites.recovered',
            'sites.repeats.*.quarters', 'sites.repeats.*.sites', 'problems.clean_units', section || '.rate',
            section || '.basic',
            section || '.unqualified', section || '.sound_units', section || '.faulty_units',
            section || '.without_deduction',
            section || '.clean_indicators', section || '.deduction', section || '.bonus_stage',
            section || '.rows.' || site_code || '.base_score'
        ]
    ) AS figure,
    file,
    sheet,
    cell
FROM told
WHERE kind <> 'bonus'
UNION ALL
-- what follows from the total: a bonus is won only above a line of the score
SELECT
    section || '.' || unnest(
        [
            'average', 'change', 'year_change', 'rises.*', 'standings.*', 'full', 'bands.*.sites', 'bands.*.share',
            'bonus', 'bonuses.*', 'rows.*.place', 'rows.' || site_code || '.bonus', 'rows.' || site_code || '.score'
        ]
    ) AS figure,
    file,
    sheet,
    cell
FROM told
