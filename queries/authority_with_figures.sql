-- Which authorities have figures of their own, and how do they stand?
-- grain: one row per authority with figures
-- order: level from the nation down, current first, name in Vietnamese order, code
SELECT
    authority.authority_code,
    authority.authority_name,
    authority.level,
    parent.authority_name AS parent_name,
    province.authority_name AS province_name,
    era_of(authority.valid_to) AS era,
    authority.illustrative,
    figures.reports,
    figures.editions,
    figures.indicators,
    headline.definition_code,
    headline.numerator,
    headline.denominator,
    headline.rate,
    headline.reason,
    headline.first_day,
    headline.last_day
FROM figures_of_authority AS figures
INNER JOIN authority ON figures.authority_code = authority.authority_code
LEFT JOIN authority AS parent ON authority.parent_code = parent.authority_code
LEFT JOIN authority AS province ON authority.province_code = province.authority_code
LEFT JOIN headline ON figures.authority_code = headline.authority_code AND headline.newest = 1
WHERE
    ($level IS NULL OR authority.level = $level)
    AND ($parent_code IS NULL OR authority.parent_code = $parent_code)
    -- the imaginary ones stand in no list of real ones
    AND (NOT authority.illustrative OR authority.parent_code = $parent_code)
ORDER BY
    level_order(authority.level) ASC,
    authority.valid_to IS NULL DESC,
    authority.short_name COLLATE vi ASC,
    authority.authority_code ASC
