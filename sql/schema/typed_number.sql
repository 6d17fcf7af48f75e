-- Numbers typed in editorial text (手工填写的数字): what is left when references to figures, and what has digits and is no
-- figure (dates, terms, document numbers …), are taken out.
CREATE OR REPLACE VIEW raw.typed_number AS
WITH known AS (
    SELECT
        string_agg('(?:' || pattern || ')', '|') FILTER (WHERE kind = 'typed') AS typed,
        string_agg('(?:' || pattern || ')', '|') FILTER (WHERE kind = 'plain') AS plain
    FROM reference.number_pattern
)

SELECT
    passage.file,
    passage.sheet,
    passage.cell,
    passage.section,
    regexp_extract_all(
        regexp_replace(
            regexp_replace(passage.plain, '[{｛][^{}｛｝]*[}｝]', '□', 'g'), coalesce(known.plain, '□'), '□', 'g'
        ),
        known.typed
    ) AS numbers
FROM raw.text AS passage
CROSS JOIN known
WHERE known.typed IS NOT NULL
