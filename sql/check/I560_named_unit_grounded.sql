-- A unit that a problem names and that has no confirmed finding under what the problem cites (点名的单位没有检查记录). A problem
-- without any finding is I557.
SELECT
    named.file,
    named.sheet,
    named.cell,
    named.short_name AS value,
    1 AS places
FROM core.unit_named AS named
CROSS JOIN core.evidence_whole
WHERE
    EXISTS (
        SELECT 1 FROM core.grounds AS ground WHERE (ground.section, ground.number) = ('problem', named.number)
    )
    AND NOT EXISTS (
        SELECT 1 FROM core.grounds AS ground
        WHERE (ground.section, ground.number, ground.unit_id) = ('problem', named.number, named.unit_id)
    )
