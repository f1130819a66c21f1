-- What was this authority before, and what has become of it, step by step?
-- grain: one row per related authority and direction
-- order: direction, number of steps, main successor first, name in Vietnamese order, code
WITH RECURSIVE link AS (
    SELECT
        'successor' AS direction,
        authority_code AS from_code,
        successor_code AS authority_code,
        extent,
        is_main,
        changed_on,
        changed_on_is_bound,
        basis
    FROM successor
    UNION ALL
    SELECT
        'predecessor',
        successor_code,
        authority_code,
        extent,
        is_main,
        changed_on,
        changed_on_is_bound,
        basis
    FROM successor
),

step AS (
    SELECT
        direction,
        1::BIGINT AS steps,
        from_code,
        authority_code,
        extent,
        is_main,
        changed_on,
        changed_on_is_bound,
        basis
    FROM link
    WHERE from_code = $authority_code
    UNION ALL
    SELECT
        link.direction,
        step.steps + 1,
        link.from_code,
        link.authority_code,
        link.extent,
        link.is_main,
        link.changed_on,
        link.changed_on_is_bound,
        link.basis
    FROM step
    INNER JOIN link ON step.direction = link.direction AND step.authority_code = link.from_code
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
    authority.valid_to_is_bound,
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
    headline.first_day,
    headline.last_day
FROM step
INNER JOIN authority ON step.authority_code = authority.authority_code
LEFT JOIN authority AS parent ON authority.parent_code = parent.authority_code
LEFT JOIN authority AS province ON authority.province_code = province.authority_code
LEFT JOIN figures_of_authority AS figures ON step.authority_code = figures.authority_code
LEFT JOIN headline ON step.authority_code = headline.authority_code AND headline.newest = 1
QUALIFY
    row_number() OVER (
        PARTITION BY step.direction, step.authority_code
        ORDER BY step.steps ASC, step.is_main DESC, step.from_code ASC
    ) = 1
ORDER BY
    step.direction ASC,
    step.steps ASC,
    step.is_main DESC,
    authority.short_name COLLATE vi ASC,
    step.authority_code ASC
