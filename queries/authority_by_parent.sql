-- Which authorities lie in one place, at one level and in one era?
-- grain: one row per authority
-- order: has_figures first, then name in Vietnamese order, then code
WITH with_figures AS (
    SELECT authority_code FROM counts
    UNION
    SELECT authority_code FROM score
    UNION
    SELECT authority_code FROM indicator
)

SELECT
    authority.authority_code,
    authority.authority_name,
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
    figures.authority_code IS NOT NULL AS has_figures
FROM authority
LEFT JOIN authority AS parent ON authority.parent_code = parent.authority_code
LEFT JOIN authority AS province ON authority.province_code = province.authority_code
LEFT JOIN with_figures AS figures ON authority.authority_code = figures.authority_code
WHERE
    authority.parent_code = $parent_code
    AND ($level IS NULL OR authority.level = $level)
    AND (coalesce($era, 'all') = 'all' OR era_of(authority.valid_to) = $era)
ORDER BY
    (figures.authority_code IS NOT NULL) DESC,
    authority.short_name COLLATE vi ASC,
    authority.authority_code ASC
