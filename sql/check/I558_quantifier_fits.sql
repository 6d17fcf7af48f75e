-- A quantifier of a problem that does not fit the confirmed findings behind it (数量词与检查记录不符): the share of the sites,
-- accounts or units that it counts lies outside its band. A problem without findings is I557.
WITH said AS (
    SELECT
        passage.file,
        passage.sheet,
        passage.cell,
        paragraph.number,
        known.*,
        regexp_extract(passage.plain, known.pattern) AS words
    FROM raw.text AS passage
    INNER JOIN core.info_paragraph AS paragraph
        ON
            (passage.file, passage.sheet, passage.row_no) = (paragraph.file, paragraph.sheet, paragraph.row_no)
            AND paragraph.section = 'problem'
    INNER JOIN reference.quantifier AS known ON regexp_matches(passage.plain, known.pattern)
    WHERE passage.section = 'problem'
    QUALIFY
        row_number() OVER (
            PARTITION BY passage.file, passage.sheet, passage.cell, known.word
            ORDER BY length(known.noun) DESC
        ) = 1
),

counted AS (
    SELECT
        said.*,
        (SELECT count(DISTINCT every.member) FROM core.population AS every WHERE every.population = said.population)
            AS total,
        (
            SELECT count(DISTINCT found.member)
            FROM core.grounds AS ground
            INNER JOIN core.population AS found
                ON (ground.kind, ground.object) = (found.kind, found.object)
            WHERE
                (ground.section, ground.number) = ('problem', said.number)
                AND found.population = said.population
        ) AS concerned
    FROM said
    WHERE EXISTS (
        SELECT 1 FROM core.grounds AS ground
        WHERE (ground.section, ground.number) = ('problem', said.number)
    )
)

SELECT
    counted.file,
    counted.sheet,
    counted.cell,
    counted.words AS value,
    1 AS places,
    counted.concerned,
    counted.total,
    CASE WHEN counted.total > 0 THEN (counted.concerned * 100 // counted.total) ELSE 0 END AS share,
    CASE
        WHEN counted.low = counted.high THEN counted.low || '%'
        ELSE counted.low || '%（不含）至 ' || counted.high || '%'
    END AS band,
    coalesce(
        (
            SELECT arg_min(fits.word, fits.quantifier_no)
            FROM reference.quantifier AS fits
            WHERE
                (counted.concerned * 100 > fits.low * counted.total OR fits.low = fits.high)
                AND counted.concerned * 100 <= fits.high * counted.total
                AND (fits.low < fits.high OR counted.concerned * 100 = fits.low * counted.total)
                AND counted.concerned > 0
        ),
        '不写数量词'
    ) AS fitting
FROM counted
CROSS JOIN core.evidence_whole
WHERE
    NOT (
        CASE
            WHEN counted.low = counted.high
                THEN counted.concerned * 100 = counted.low * counted.total AND counted.concerned > 0
            ELSE
                counted.concerned * 100 > counted.low * counted.total
                AND counted.concerned * 100 <= counted.high * counted.total
        END
    )
