-- Consent that is not recorded (同意状态未记载): the notice is then made without 经…同意. Any other text is I540.
SELECT
    content.file,
    content.sheet,
    content.cell,
    content.value,
    1 AS places,
    authority.content AS authority
FROM raw.sound AS name
INNER JOIN raw.sound AS content
    ON
        (name.file, name.sheet, name.row_no) = (content.file, content.sheet, content.row_no)
        AND content.field = 'content'
INNER JOIN core.info_item AS authority ON authority.item = '同意机关'
WHERE
    name.layout = 'info_item' AND name.field = 'item' AND name.value = '同意状态'
    AND content.value = '未同意'
