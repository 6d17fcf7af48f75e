-- The confirmed findings behind every problem and practice of 季度信息, by what it cites (引用指标的检查记录): deductions, vetoed
-- sites, unqualified accounts, accepted messages. An object is a site, or an account or a message by its row.
CREATE OR REPLACE VIEW core.grounds AS
WITH evidence AS (
    SELECT
        'indicator' AS evidence,
        deduction.indicator_id AS item,
        'site' AS kind,
        deduction.site_code AS object,
        site.unit_id
    FROM core.deduction AS deduction
    INNER JOIN reference.site AS site ON deduction.site_code = site.site_code
    WHERE deduction.confirmed
    UNION ALL
    SELECT
        'site_veto' AS evidence,
        result.veto AS item,
        'site' AS kind,
        result.site_code AS object,
        site.unit_id
    FROM core.site_result AS result
    INNER JOIN reference.site AS site ON result.site_code = site.site_code
    WHERE result.veto <> 'none'
    UNION ALL
    SELECT
        unnest(['account_veto', 'account']) AS evidence,
        unnest([folded(account.veto), '']) AS item,
        'account' AS kind,
        concat_ws(' ', account.file, account.sheet, account.row_no) AS object,
        account.unit_id
    FROM core.account AS account
    WHERE NOT account.passed
    UNION ALL
    SELECT
        'message' AS evidence,
        unnest(
            list_filter(
                [
                    'all',
                    'type ' || message.type_id,
                    'status ' || message.status_id,
                    CASE WHEN message.due AND NOT message.in_time THEN 'late' END,
                    CASE WHEN message.pending THEN 'open' END
                ],
                LAMBDA item: item IS NOT NULL
            )
        ) AS item,
        'message' AS kind,
        message.object,
        message.unit_id
    FROM core.error_message AS message
    WHERE message.accepted
),

cited AS (
    SELECT
        section,
        number,
        unnest(string_split_regex(indicators, '[、，,；;]')) AS name
    FROM core.info_paragraph
    UNION ALL
    SELECT
        'practice' AS section,
        number,
        unnest(string_split_regex(indicators, '[、，,；;]')) AS name
    FROM core.info_practice
)

SELECT DISTINCT
    cited.section,
    cited.number,
    evidence.kind,
    evidence.object,
    evidence.unit_id,
    unit.unit_group
FROM cited
INNER JOIN reference.citation AS known ON folded(cited.name) = known.name
INNER JOIN evidence ON (known.evidence, known.item) = (evidence.evidence, evidence.item)
INNER JOIN reference.unit AS unit ON evidence.unit_id = unit.unit_id
