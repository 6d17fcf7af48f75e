-- Consent that is not recorded (同意状态未记载): the notice is then made without 经…同意.
SELECT
    '季度信息.xlsx' AS file,
    '基本信息' AS sheet,
    '' AS cell,
    state.content AS value,
    1 AS places,
    authority.content AS authority
FROM core.info_item AS state
INNER JOIN core.info_item AS authority ON authority.item = '同意机关'
WHERE state.item = '同意状态' AND state.content NOT IN ('', '已同意')
