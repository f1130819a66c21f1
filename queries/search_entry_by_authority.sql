-- Under which names can every authority be found?
-- grain: one row per authority
-- order: authority_code
WITH other_name AS (
    SELECT
        authority_code,
        other_name,
        1 AS place
    FROM authority_other_name
    UNION ALL
    SELECT
        authority_code,
        portal_code,
        2
    FROM authority_portal_code
),

other_names AS (
    SELECT
        authority_code,
        list(other_name ORDER BY place ASC, other_name ASC) AS other_names
    FROM other_name
    GROUP BY authority_code
)

SELECT
    authority.authority_code,
    authority.authority_name,
    authority.short_name,
    authority.level,
    authority.authority_kind,
    authority.parent_code,
    parent.authority_name AS parent_name,
    authority.province_code,
    province.authority_name AS province_name,
    authority.valid_from,
    authority.valid_to,
    authority.valid_to_is_bound,
    era_of(authority.valid_to) AS era,
    authority.illustrative,
    figures.authority_code IS NOT NULL AS has_figures,
    coalesce(other_names.other_names, []) AS other_names
FROM authority
LEFT JOIN authority AS parent ON authority.parent_code = parent.authority_code
LEFT JOIN authority AS province ON authority.province_code = province.authority_code
LEFT JOIN other_names ON authority.authority_code = other_names.authority_code
LEFT JOIN figures_of_authority AS figures ON authority.authority_code = figures.authority_code
ORDER BY authority.authority_code ASC
