-- What is published from dossiers, of how many authorities, and where are small numbers hidden?
-- grain: one row per real or imaginary, what is told apart and kind of period
-- order: real ones first, whole authorities, what is told apart by name, longest periods first
WITH part AS (
    SELECT
        authority_code,
        'whole' AS dimension,
        'month' AS period_kind,
        month AS first_day,
        last_day,
        FALSE AS is_hidden
    FROM flow
    UNION ALL
    SELECT
        authority_code,
        dimension,
        period_kind,
        first_day,
        last_day,
        coalesce(under_5, hidden) IS NOT NULL
    FROM breakdown
    UNION ALL
    SELECT
        authority_code,
        'overdue_age',
        'day',
        last_day AS first_day,
        last_day,
        dossiers IS NULL
    FROM overdue_age
)

SELECT
    authority.illustrative,
    part.dimension,
    part.period_kind,
    count(DISTINCT part.authority_code) AS authorities,
    min(part.first_day) AS first_day,
    max(part.last_day) AS last_day,
    count(*) AS published_rows,
    count(*) FILTER (WHERE part.is_hidden) AS rows_with_hidden
FROM part
INNER JOIN authority ON part.authority_code = authority.authority_code
GROUP BY authority.illustrative, part.dimension, part.period_kind
ORDER BY
    authority.illustrative ASC,
    part.dimension != 'whole' ASC,
    part.dimension ASC,
    list_position(['year', 'quarter', 'month'], part.period_kind) ASC NULLS LAST
