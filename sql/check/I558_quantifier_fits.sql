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
            SELECT count(DISTINCT concerned.member)
            FROM core.grounds AS ground
            INNER JOIN core.population AS concerned
                ON (ground.kind, ground.object) = (concerned.kind, concerned.object)
            WHERE
                (ground.section, ground.number) = ('problem', said.number)
                AND concerned.population = said.population
        ) AS count
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
    counted.count,
    counted.total,
    CASE WHEN counted.total > 0 THEN (counted.count * 100 // counted.total) ELSE 0 END AS share,
    CASE
        WHEN counted.low = counted.high THEN counted.low || '%'
        ELSE counted.low || '%（不含）至 ' || counted.high || '%'
    END AS band,
    coalesce(
        (
            SELECT arg_min(fits.word, fits.quantifier_no)
            FROM reference.quantifier AS fits
            WHERE
                (counted.count * 100 > fits.low * counted.total OR fits.low = fits.high)
                AND counted.count * 100 <= fits.high * counted.total
                AND (fits.low < fits.high OR counted.count * 100 = fits.low * counted.total)
                AND counted.count > 0
        ),
        '不写数量词'
    ) AS fitting
FROM counted
WHERE
    NOT (
        CASE
            WHEN counted.low = counted.high THEN counted.count * 100 = counted.low * counted.total AND counted.count > 0
            ELSE
                counted.count * 100 > counted.low * counted.total
                AND counted.count * 100 <= counted.high * counted.total
        END
    )
