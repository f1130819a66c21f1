-- Which authorities are there in one place, at one level and in one era, a page at a time?
-- grain: one row per authority of the page; `total` tells how many all pages hold
-- order: authority_code
WITH numbered AS (
    SELECT
        authority_code,
        row_number() OVER (ORDER BY authority_code ASC) AS position,
        count(*) OVER () AS total
    FROM authority
    WHERE
        ($parent_code IS NULL OR parent_code = $parent_code)
        AND ($level IS NULL OR level = $level)
        -- the imaginary ones stand in no list of real ones
        AND (NOT illustrative OR parent_code = $parent_code)
        AND (coalesce($era, 'all') = 'all' OR era_of(valid_to) = $era)
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
    figures.authority_code IS NOT NULL AS has_figures,
    numbered.total
FROM numbered
INNER JOIN authority ON numbered.authority_code = authority.authority_code
LEFT JOIN authority AS parent ON authority.parent_code = parent.authority_code
LEFT JOIN authority AS province ON authority.province_code = province.authority_code
LEFT JOIN figures_of_authority AS figures ON authority.authority_code = figures.authority_code
WHERE numbered.position > $offset AND numbered.position <= $offset + $limit
ORDER BY authority.authority_code ASC
