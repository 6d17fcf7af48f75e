-- What a quantifier may count (数量词的范围): every inspected site and account, every accepted message, and the units they
-- belong to, each also as one of districts or of departments; a message also tells of its site, where that was
-- inspected.
CREATE OR REPLACE VIEW core.population AS
WITH inspected AS (
    SELECT
        'site' AS kind,
        result.site_code AS object,
        site.unit_id
    FROM core.site_result AS result
    INNER JOIN reference.site AS site ON result.site_code = site.site_code
    UNION ALL
    SELECT
        'account' AS kind,
        concat_ws(' ', account.file, account.sheet, account.row_no) AS object,
        account.unit_id
    FROM core.account AS account
    UNION ALL
    SELECT
        'message' AS kind,
        message.object,
        message.unit_id
    FROM core.error_message AS message
    WHERE message.accepted
)

SELECT DISTINCT
    inspected.kind,
    inspected.object,
    unnest([inspected.kind, unit.unit_group || '_' || inspected.kind, 'unit', unit.unit_group]) AS population,
    unnest([inspected.object, inspected.object, inspected.unit_id, inspected.unit_id]) AS member
FROM inspected
INNER JOIN reference.unit AS unit ON inspected.unit_id = unit.unit_id
UNION ALL
SELECT
    'message' AS kind,
    message.object,
    unnest(['site', site.site_group || '_site']) AS population,
    message.site_code AS member
FROM core.error_message AS message
INNER JOIN core.site_result AS result ON message.site_code = result.site_code
INNER JOIN reference.site AS site ON message.site_code = site.site_code
WHERE message.accepted
