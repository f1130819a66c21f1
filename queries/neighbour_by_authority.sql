-- Which siblings of this authority have figures of their own, and which others of its level lie nearest?
-- grain: one row per authority of the same level and era with figures: siblings, then the five nearest others
-- order: siblings first, with an on-time rate first, nearest first, name in Vietnamese order, code
WITH candidate AS (
    SELECT
        other.authority_code,
        other.authority_name,
        other.short_name,
        other.level,
        other.parent_code,
        parent.authority_name AS parent_name,
        other.parent_code = asked.parent_code AS is_sibling,
        distance_km(asked.latitude, asked.longitude, other.latitude, other.longitude) AS distance_km,
        figures.headlines > 0 AS has_rate
    FROM authority AS asked
    INNER JOIN authority AS other
        ON asked.level = other.level
        AND asked.authority_code <> other.authority_code
        AND era_of(asked.valid_to) = era_of(other.valid_to)
        AND asked.illustrative = other.illustrative
    INNER JOIN figures_of_authority AS figures ON other.authority_code = figures.authority_code
    LEFT JOIN authority AS parent ON other.parent_code = parent.authority_code
    WHERE asked.authority_code = $authority_code AND asked.level NOT IN ('nation', 'group')
)

SELECT
    candidate.authority_code,
    candidate.authority_name,
    candidate.level,
    candidate.parent_code,
    candidate.parent_name,
    candidate.is_sibling,
    candidate.distance_km,
    candidate.has_rate,
    headline.definition_code,
    headline.numerator,
    headline.denominator,
    headline.rate,
    headline.first_day,
    headline.last_day
FROM candidate
LEFT JOIN headline ON candidate.authority_code = headline.authority_code AND headline.newest = 1
WHERE candidate.is_sibling OR candidate.distance_km IS NOT NULL
QUALIFY
    candidate.is_sibling
    OR row_number() OVER (
        PARTITION BY candidate.is_sibling ORDER BY candidate.distance_km, candidate.authority_code
    ) <= 5
ORDER BY
    candidate.is_sibling DESC,
    candidate.has_rate DESC,
    candidate.distance_km ASC NULLS LAST,
    candidate.short_name COLLATE vi ASC,
    candidate.authority_code ASC
