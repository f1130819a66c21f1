-- How does a place as a whole stand over the period of its comparison?
-- grain: one row: the place's own report or, without one, the sum of those compared
-- order: none, there is at most one row
-- finish: intervals, target
WITH figure AS (
    SELECT
        comparable.authority_code,
        comparable.parent_code,
        comparable.level,
        comparable.coverage,
        counts.source_id,
        counts.observed_at,
        rate.numerator,
        rate.denominator
    FROM comparable
    INNER JOIN counts ON comparable.report_id = counts.report_id
    INNER JOIN rate ON comparable.report_id = rate.report_id
    WHERE
        comparable.last_day = $last_day
        AND comparable.first_day IS NOT DISTINCT FROM $first_day
        AND comparable.record_kind = coalesce($record_kind, 'published')
        AND comparable.source_kind = $source_kind
        AND (comparable.authority_code = $parent_code OR comparable.parent_code = $parent_code)
        AND rate.definition_code = $definition_code
        AND rate.rate IS NOT NULL
),

candidate AS (
    SELECT
        'own_report' AS basis,
        1::BIGINT AS authorities,
        numerator,
        denominator,
        source_id,
        observed_at,
        coverage
    FROM figure
    WHERE authority_code = $parent_code
    UNION ALL
    SELECT
        'sum_of_compared' AS basis,
        count(*) AS authorities,
        sum(numerator)::BIGINT AS numerator,
        sum(denominator)::BIGINT AS denominator,
        -- What those added up do not share is nobody's.
        if(count(DISTINCT source_id) = 1, min(source_id), NULL) AS source_id,
        if(count(DISTINCT coalesce(observed_at, '')) = 1, min(observed_at), NULL) AS observed_at,
        $coverage::VARCHAR AS coverage
    FROM figure
    WHERE parent_code = $parent_code AND level = $level AND coverage = $coverage
    HAVING count(*) > 0
)

SELECT
    asked.authority_code,
    asked.authority_name,
    asked.illustrative,
    candidate.basis,
    candidate.authorities,
    candidate.numerator,
    candidate.denominator,
    candidate.denominator - candidate.numerator AS not_on_time,
    share_of(candidate.numerator, candidate.denominator) AS rate,
    $first_day::DATE AS first_day,
    $last_day::DATE AS last_day,
    $definition_code::VARCHAR AS definition_code,
    $level::VARCHAR AS level,
    candidate.observed_at,
    candidate.source_id,
    source.publisher,
    source.title AS source_title,
    source.url AS source_url,
    source.verification
FROM candidate
INNER JOIN authority AS asked ON asked.authority_code = $parent_code
LEFT JOIN source ON candidate.source_id = source.source_id
QUALIFY row_number() OVER (
    ORDER BY candidate.basis ASC, list_position(['area', 'unknown', 'own'], candidate.coverage) ASC
) = 1
