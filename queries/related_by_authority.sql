-- What was this authority before, and what has become of it, step by step?
-- grain: one row per related authority and direction
-- order: direction, number of steps, main successor first, name in Vietnamese order, code
WITH RECURSIVE step AS (
    SELECT
        'successor' AS direction,
        1 AS steps,
        successor.authority_code AS from_code,
        successor.successor_code AS authority_code,
        successor.extent,
        successor.is_main,
        successor.changed_on,
        successor.changed_on_is_bound,
        successor.basis
    FROM successor
    WHERE successor.authority_code = $authority_code
    UNION ALL
    SELECT
        'predecessor' AS direction,
        1 AS steps,
        successor.successor_code AS from_code,
        successor.authority_code,
        successor.extent,
        successor.is_main,
        successor.changed_on,
        successor.changed_on_is_bound,
        successor.basis
    FROM successor
    WHERE successor.successor_code = $authority_code
    UNION ALL
    SELECT
        step.direction,
        step.steps + 1 AS steps,
        step.authority_code AS from_code,
        if(step.direction = 'successor', successor.successor_code, successor.authority_code) AS authority_code,
        successor.extent,
        successor.is_main,
        successor.changed_on,
        successor.changed_on_is_bound,
        successor.basis
    FROM step
    INNER JOIN successor
        ON (step.direction = 'successor' AND step.authority_code = successor.authority_code)
        OR (step.direction = 'predecessor' AND step.authority_code = successor.successor_code)
    WHERE step.steps < 4
)

SELECT
    step.direction,
    step.steps,
    step.from_code,
    step.authority_code,
    authority.authority_name,
    authority.level,
    parent.authority_name AS parent_name,
    province.authority_name AS province_name,
    authority.valid_to,
    step.extent,
    step.is_main,
    step.changed_on,
    step.changed_on_is_bound,
    step.basis,
    figures.authority_code IS NOT NULL AS has_figures,
    headline.definition_code,
    headline.numerator,
    headline.denominator,
    headline.rate,
    headline.last_day
FROM step
INNER JOIN authority ON step.authority_code = authority.authority_code
LEFT JOIN authority AS parent ON authority.parent_code = parent.authority_code
LEFT JOIN authority AS province ON authority.province_code = province.authority_code
LEFT JOIN figures_of_authority AS figures ON step.authority_code = figures.authority_code
LEFT JOIN headline ON step.authority_code = headline.authority_code AND headline.newest = 1
QUALIFY row_number() OVER (
    PARTITION BY step.direction, step.authority_code ORDER BY step.steps, step.is_main DESC, step.from_code
) = 1
ORDER BY
    step.direction ASC,
    step.steps ASC,
    step.is_main DESC,
    authority.short_name COLLATE vi ASC,
    step.authority_code ASC
