-- Which siblings of this authority have figures of their own?
-- grain: one row per sibling with figures (same parent, same level, valid at the same time)
-- order: with an on-time rate first, then name in Vietnamese order, then code
SELECT
    sibling.authority_code,
    sibling.authority_name,
    sibling.level,
    figures.headlines > 0 AS has_rate,
    headline.definition_code,
    headline.numerator,
    headline.denominator,
    headline.rate,
    headline.first_day,
    headline.last_day
FROM authority AS asked
INNER JOIN authority AS sibling
    ON asked.parent_code = sibling.parent_code
    AND asked.level = sibling.level
    AND asked.authority_code <> sibling.authority_code
    AND era_of(asked.valid_to) = era_of(sibling.valid_to)
INNER JOIN figures_of_authority AS figures ON sibling.authority_code = figures.authority_code
LEFT JOIN headline ON sibling.authority_code = headline.authority_code AND headline.newest = 1
WHERE asked.authority_code = $authority_code
ORDER BY
    figures.headlines > 0 DESC,
    sibling.short_name COLLATE vi ASC,
    sibling.authority_code ASC
