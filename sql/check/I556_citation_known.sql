-- An indicator cited in 季度信息 that is neither an indicator nor a veto (引用的指标无法识别).
WITH cited AS (
    SELECT
        file,
        sheet,
        cell,
        trim(unnest(string_split_regex(value, '[、，,；;]'))) AS value
    FROM raw.sound
    WHERE layout IN ('info_practice', 'info_problem', 'info_requirement') AND field = 'indicators'
)

SELECT
    cited.file,
    cited.sheet,
    cited.cell,
    cited.value,
    1 AS places,
    (
        SELECT arg_max(known.name, jaro_winkler_similarity(known.name, folded(cited.value)))
        FROM reference.citation AS known
    ) AS nearest
FROM cited
WHERE cited.value <> '' AND folded(cited.value) NOT IN (SELECT known.name FROM reference.citation AS known)
