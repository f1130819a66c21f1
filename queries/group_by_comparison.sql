-- What do all the authorities of a comparison make together, and what does their parent's own report say?
-- grain: one row
-- order: none, there is one row
-- finish: intervals, target
WITH figure AS (
    SELECT
        comparable.authority_code,
        comparable.parent_code,
        comparable.level,
        comparable.coverage,
        authority.authority_kind,
        rate.numerator,
        rate.denominator,
        rate.rate
    FROM comparable
    INNER JOIN rate ON comparable.report_id = rate.report_id
    INNER JOIN authority ON comparable.authority_code = authority.authority_code
    WHERE
        comparable.last_day = $last_day
        AND comparable.first_day IS NOT DISTINCT FROM $first_day
        AND comparable.record_kind = coalesce($record_kind, 'published')
        AND comparable.source_kind = $source_kind
        AND (comparable.authority_code = $parent_code OR comparable.parent_code = $parent_code)
        AND rate.definition_code = $definition_code
),

together AS (
    SELECT
        count(*) AS authorities_with_report,
        count(rate) AS authorities_with_rate,
        count(rate) FILTER (WHERE authority_kind = 'special_zone') AS special_zones,
        sum(numerator) FILTER (WHERE rate IS NOT NULL)::BIGINT AS numerator,
        sum(denominator) FILTER (WHERE rate IS NOT NULL)::BIGINT AS denominator,
        median(rate) AS median_rate
    FROM figure
    WHERE parent_code = $parent_code AND level = $level AND coverage = $coverage
),

-- The whole area of the parent holds what its authorities have; its own office is the second best.
parent AS (
    SELECT
        coverage,
        numerator,
        denominator,
        rate
    FROM figure
    WHERE authority_code = $parent_code
    ORDER BY list_position(['area', 'unknown', 'own'], coverage) ASC
    LIMIT 1
)

SELECT
    asked.authority_code,
    asked.authority_name,
    together.authorities_with_report,
    together.authorities_with_rate,
    together.special_zones,
    together.numerator,
    together.denominator,
    share_of(together.numerator, together.denominator) AS rate,
    together.median_rate,
    parent.numerator AS parent_numerator,
    parent.denominator AS parent_denominator,
    parent.denominator - parent.numerator AS parent_not_on_time,
    parent.rate AS parent_rate,
    parent.coverage AS parent_coverage,
    $first_day::DATE AS first_day,
    $last_day::DATE AS last_day,
    $definition_code::VARCHAR AS definition_code,
    coalesce($record_kind, 'published') AS record_kind,
    $source_kind::VARCHAR AS source_kind,
    asked.illustrative,
    $level::VARCHAR AS level
FROM authority AS asked
CROSS JOIN together
LEFT JOIN parent ON TRUE
WHERE asked.authority_code = $parent_code
