-- Editorial choices (语句选择): the default policy of every statement, overridden by the sheet's last row for it.
WITH delivered AS (
    SELECT
        row_no,
        max(value) FILTER (WHERE field = 'statement') AS statement_id,
        max(value) FILTER (WHERE field = 'enabled') = 'true' AS enabled,
        max(nullif(value, '')) FILTER (WHERE field = 'list_form') AS list_form,
        max(nullif(value, '')) FILTER (WHERE field = 'list_count')::BIGINT AS list_count,
        max(nullif(value, '')) FILTER (WHERE field = 'groups')::BIGINT AS groups,
        max(nullif(value, '')) FILTER (WHERE field = 'decimals')::BIGINT AS decimals,
        max(nullif(value, '')) FILTER (WHERE field = 'place')::BIGINT AS place,
        max(nullif(value, '')) FILTER (WHERE field = 'naming') AS naming,
        max(nullif(value, '')) FILTER (WHERE field = 'decided_by') AS decided_by,
        max(nullif(value, '')) FILTER (WHERE field = 'wording') AS wording
    FROM raw.sound
    WHERE layout = 'info_choice'
    GROUP BY row_no
),

chosen AS (
    SELECT delivered.*
    FROM delivered
    QUALIFY row_number() OVER (PARTITION BY delivered.statement_id ORDER BY delivered.row_no DESC) = 1
)

SELECT
    known.quarter,
    known.statement_id,
    coalesce(chosen.enabled, known.enabled) AS enabled,
    coalesce(chosen.list_form, known.list_form) AS list_form,
    coalesce(chosen.list_count, known.list_count) AS list_count,
    coalesce(chosen.groups, known.groups) AS groups,
    coalesce(chosen.decimals, known.decimals) AS decimals,
    chosen.place,
    coalesce(chosen.naming, known.naming) AS naming,
    coalesce(chosen.decided_by, '') AS decided_by,
    coalesce(chosen.wording, string_split(known.wordings, '、')[1]) AS wording
FROM reference.statement AS known
LEFT JOIN chosen ON known.statement_id = chosen.statement_id
