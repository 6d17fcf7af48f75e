-- Evidence that a row of the ledger names and nobody delivered (证据文件不存在): one finding per file name. A cell may name
-- several files; upper and lower case and the slash of Windows make no difference.
WITH lying AS (
    SELECT lower(lying.file) AS name
    FROM raw.file AS lying
    WHERE lying.layouts = '证据'
),

named AS (
    SELECT
        cell.file,
        cell.sheet,
        cell.cell,
        cell.row_no,
        trim(unnest(
            CASE
                WHEN EXISTS (SELECT 1 FROM lying WHERE ends_with('/' || lying.name, '/' || lower(cell.value)))
                    THEN [cell.value]
                ELSE string_split_regex(cell.value, '[、；;，,\r\n]')
            END
        )) AS value
    FROM raw.cell AS cell
    WHERE cell.field = 'evidence' AND cell.state = 'ok'
)

SELECT
    min(named.file) AS file,
    min(named.sheet) AS sheet,
    arg_min(named.cell, named.row_no) AS cell,
    named.value,
    count(*) AS places
FROM named
WHERE
    named.value <> ''
    AND NOT EXISTS (
        SELECT 1 FROM lying
        WHERE ends_with('/' || lying.name, '/' || replace(lower(named.value), '\', '/'))
    )
GROUP BY named.value
