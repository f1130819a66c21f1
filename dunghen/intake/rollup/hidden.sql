-- Medians and percentiles of a field or procedure stand only where its count is shown; the count itself
-- stands in the breakdown.
CREATE OR REPLACE TEMP TABLE distribution AS
SELECT
    source.authority_code,
    source.coverage,
    source.period_kind,
    source.first_day,
    source.last_day,
    source.dimension,
    source.item,
    source.kind,
    CASE WHEN source.dimension = 'whole' THEN source.dossiers END AS dossiers,
    source.median,
    source.p90
FROM distribution_source AS source
LEFT JOIN breakdown
    ON
    source.authority_code = breakdown.authority_code
    AND source.coverage = breakdown.coverage
    AND source.period_kind = breakdown.period_kind
    AND source.first_day = breakdown.first_day
    AND source.dimension = breakdown.dimension
    AND source.item = breakdown.item
WHERE
    source.dimension = 'whole'
    OR (source.kind = 'days_late' AND breakdown.late IS NOT NULL)
    OR (source.kind = 'processing_days' AND breakdown.resolved IS NOT NULL);

-- The classes of age add up to counts that are public, so they stand only once small ones are hidden.
CREATE OR REPLACE TEMP TABLE overdue_age AS
SELECT
    authority_code,
    coverage,
    last_day,
    class,
    dossiers,
    FALSE AS under_5
FROM overdue_age_source
ORDER BY authority_code
LIMIT 0;
