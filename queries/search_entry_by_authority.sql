-- Under which names can every authority be found?
-- grain: one row per authority
-- order: authority_code
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
    era_of(authority.valid_to) AS era,
    figures.authority_code IS NOT NULL AS has_figures,
    list_concat(
        coalesce(
            (
                SELECT list(other_name ORDER BY other_name)
                FROM authority_other_name
                WHERE authority_other_name.authority_code = authority.authority_code
            ),
            []
        ),
        coalesce(
            (
                SELECT list(portal_code ORDER BY portal_code)
                FROM authority_portal_code
                WHERE authority_portal_code.authority_code = authority.authority_code
            ),
            []
        )
    ) AS other_names
FROM authority
LEFT JOIN authority AS parent ON authority.parent_code = parent.authority_code
LEFT JOIN authority AS province ON authority.province_code = province.authority_code
LEFT JOIN figures_of_authority AS figures ON authority.authority_code = figures.authority_code
ORDER BY authority.authority_code
