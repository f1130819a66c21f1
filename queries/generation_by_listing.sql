-- How many authorities of each level does each generation list, and how many are linked onwards?
-- grain: one row per generation and level
-- order: generation, level from province to commune
WITH linked AS (
    SELECT DISTINCT authority_code
    FROM successor
)

SELECT
    listing.generation,
    generation.first_day,
    generation.last_day,
    authority.level,
    count(*) AS authorities,
    count(*) FILTER (WHERE authority.valid_to IS NOT NULL) AS ended,
    count(linked.authority_code) FILTER (WHERE authority.valid_to IS NOT NULL) AS ended_with_successor
FROM listing
INNER JOIN generation ON listing.generation = generation.generation
INNER JOIN authority ON listing.authority_code = authority.authority_code
LEFT JOIN linked ON listing.authority_code = linked.authority_code
GROUP BY listing.generation, generation.first_day, generation.last_day, authority.level
ORDER BY
    listing.generation ASC,
    level_order(authority.level) ASC
