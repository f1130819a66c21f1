-- For which periods are an authority's dossiers broken down, and by what?
-- grain: one row per dimension, coverage, kind of period and period
-- order: dimension, whole area before own office, newest first, longer periods first
SELECT
    breakdown.dimension,
    breakdown.coverage,
    breakdown.period_kind,
    breakdown.first_day,
    breakdown.last_day,
    count(*) AS items
FROM breakdown
WHERE
    breakdown.authority_code = $authority_code
    AND ($dimension IS NULL OR breakdown.dimension = $dimension)
    AND ($coverage IS NULL OR breakdown.coverage = $coverage)
GROUP BY
    breakdown.dimension,
    breakdown.coverage,
    breakdown.period_kind,
    breakdown.first_day,
    breakdown.last_day
ORDER BY
    breakdown.dimension ASC,
    breakdown.coverage ASC,
    breakdown.last_day DESC,
    breakdown.first_day ASC,
    list_position(['year', 'quarter', 'month'], breakdown.period_kind) ASC
