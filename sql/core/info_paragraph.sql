-- A paragraph of problems or requirements (存在的问题、工作要求), numbered in the order of the sheet. A problem of new media
-- that cites nothing rests on the unqualified accounts, one of 找错 on the accepted messages.
SELECT
    record.quarter,
    record.section,
    row_number() OVER (PARTITION BY record.section ORDER BY record.row_no) AS number,
    record.file,
    record.sheet,
    record.row_no,
    record.title,
    record.content,
    CASE
        WHEN
            record.indicators = '' AND record.section = 'problem'
            AND regexp_matches(record.title || record.content, '政务新媒体|账号')
            THEN '政务新媒体'
        WHEN
            record.indicators = '' AND record.section = 'problem'
            AND contains(record.title || record.content, '找错')
            THEN '找错留言'
        ELSE record.indicators
    END AS indicators
FROM (
    SELECT
        quarter,
        file,
        sheet,
        row_no,
        replace(any_value(layout), 'info_', '') AS section,
        max(value) FILTER (WHERE field = 'title') AS title,
        max(value) FILTER (WHERE field = 'content') AS content,
        coalesce(max(value) FILTER (WHERE field = 'indicators'), '') AS indicators
    FROM raw.sound
    WHERE layout IN ('info_problem', 'info_requirement')
    GROUP BY quarter, file, sheet, row_no
) AS record
