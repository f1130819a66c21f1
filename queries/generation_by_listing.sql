-- How many authorities of each level does each generation of the registry list, and how many are linked onwards?
-- grain: one row per generation and level
-- order: generation, level from province to commune
SELECT
    listing.generation,
    generation.first_day,
    generation.last_day,
    authority.level,
    count(*) AS authorities,
    count(*) FILTER (WHERE authority.valid_to IS NOT NULL) AS ended,
    count(*) FILTER (
        WHERE
            authority.valid_to IS NOT NULL
            AND authority.authority_code IN (SELECT successor.authority_code FROM successor)
    ) AS ended_with_successor
FROM listing
INNER JOIN generation ON listing.generation = generation.generation
INNER JOIN authority ON listing.authority_code = authority.authority_code
GROUP BY listing.generation, generation.first_day, generation.last_day, authority.level
ORDER BY
    listing.generation ASC,
    level_order(authority.level) ASC
