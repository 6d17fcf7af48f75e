-- Evidence that a row of the ledger names and nobody delivered (证据文件不存在): one finding per file name.
SELECT
    min(named.file) AS file,
    min(named.sheet) AS sheet,
    arg_min(named.cell, named.row_no) AS cell,
    named.value,
    count(*) AS places
FROM raw.cell AS named
WHERE
    named.field = 'evidence' AND named.state = 'ok'
    AND NOT EXISTS (
        SELECT 1 FROM raw.file AS lying
        WHERE lying.layouts = '证据' AND (lying.file = named.value OR ends_with(lying.file, '/' || named.value))
    )
GROUP BY named.value
