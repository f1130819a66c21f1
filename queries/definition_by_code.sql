-- Which on-time definitions are there, and what is each made of?
-- grain: one row per definition
-- order: position
SELECT
    definition_code,
    position,
    headline_order,
    formula
FROM definition
WHERE $definition_code IS NULL OR definition_code = $definition_code
ORDER BY position ASC
