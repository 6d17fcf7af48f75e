-- The sites of the quarter before (上季度网站), under the same rule book, in the order of its score tables.
CREATE OR REPLACE VIEW raw.last_site AS
SELECT
    section,
    number,
    split_part(site ->> '$.id', '.', 3) AS site_code,
    site ->> '$.site' AS site_name,
    (site ->> '$.score')::DECIMAL(6, 2) AS score,
    (site ->> '$.passed')::BOOLEAN AS passed
FROM (
    SELECT
        part.section,
        unnest(from_json(last_quarter.content -> ('$.' || part.section || '.rows'), '["JSON"]')) AS site,
        generate_subscripts(from_json(last_quarter.content -> ('$.' || part.section || '.rows'), '["JSON"]'), 1)
            AS number
    FROM raw.last_quarter AS last_quarter
    CROSS JOIN (SELECT unnest(['district_sites', 'department_sites']) AS section) AS part
) AS listed
