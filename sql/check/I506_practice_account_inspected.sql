-- A quoted account that is not among the inspected ones with that platform and unit (做法所列账号不在检查范围).
SELECT
    '季度信息.xlsx' AS file,
    '典型做法' AS sheet,
    '' AS cell,
    practice.account AS value,
    1 AS places,
    coalesce(platform.name, '未填平台') AS platform,
    unit.short_name AS unit
FROM core.info_practice AS practice
INNER JOIN reference.unit AS unit ON practice.unit_id = unit.unit_id
LEFT JOIN reference.platform AS platform ON practice.platform_id = platform.platform_id
WHERE
    practice.section = 'new_media'
    AND NOT EXISTS (
        SELECT 1 FROM core.account AS account
        WHERE
            account.account = practice.account
            AND account.platform_id = practice.platform_id
            AND account.unit_id = practice.unit_id
    )
