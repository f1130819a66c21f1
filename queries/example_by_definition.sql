-- What does each named on-time definition look like on a real published report?
-- grain: one row per definition; one that no report can be computed by has only its code and formula
-- order: position of the definition
WITH example AS (
    SELECT
        rate.definition_code,
        counts.report_id,
        counts.authority_code,
        authority.authority_name,
        counts.first_day,
        counts.last_day,
        counts.source_id,
        rate.numerator,
        rate.denominator,
        rate.rate,
        counts.published_rate,
        counts.published_rate_definition
    FROM rate
    INNER JOIN counts ON rate.report_id = counts.report_id
    INNER JOIN authority ON counts.authority_code = authority.authority_code
    WHERE counts.is_whole AND counts.record_kind = 'published' AND rate.rate > 0 AND rate.rate < 1
    -- a rate that was published by this very definition teaches most, then the newest and the largest
    QUALIFY row_number() OVER (
        PARTITION BY rate.definition_code
        ORDER BY
            counts.published_rate_definition = rate.definition_code DESC NULLS LAST,
            counts.last_day DESC,
            rate.denominator DESC,
            counts.report_id ASC
    ) = 1
)

SELECT
    definition.definition_code,
    definition.formula,
    definition.headline_order,
    example.report_id,
    example.authority_code,
    example.authority_name,
    example.first_day,
    example.last_day,
    example.numerator,
    example.denominator,
    example.rate,
    example.published_rate,
    example.published_rate_definition,
    example.source_id
FROM definition
LEFT JOIN example ON definition.definition_code = example.definition_code
ORDER BY definition.position ASC
