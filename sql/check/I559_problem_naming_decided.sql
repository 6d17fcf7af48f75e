-- A problem that names a unit without the decision to name (问题点名没有决定). A decision without the role is I546.
SELECT
    named.file,
    named.sheet,
    named.cell,
    named.short_name AS value,
    1 AS places
FROM core.unit_named AS named
INNER JOIN core.info_choice AS choice ON choice.statement_id = 'problem_units'
WHERE choice.naming <> 'named'
