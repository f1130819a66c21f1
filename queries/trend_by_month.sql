-- How did the dossiers of this authority go, month by month?
-- grain: one row per coverage and month, by one definition (resolved unless another is chosen)
-- order: whole area before own office, then month
-- finish: intervals
SELECT
    counts.report_id,
    counts.coverage,
    counts.first_day,
    counts.last_day,
    counts.last_day < last_day(counts.first_day) AS is_partial,
    counts.illustrative,
    counts.carried_over,
    counts.received,
    counts.received_online,
    share_of(counts.received_online, counts.received) AS online_share,
    counts.resolved,
    counts.early,
    counts.on_due_date,
    counts.on_time,
    counts.late,
    counts.withdrawn,
    counts.returned,
    counts.in_progress,
    counts.overdue,
    counts.undated_open,
    rate.definition_code,
    rate.numerator,
    rate.denominator,
    rate.rate,
    rate.reason,
    counts.source_id
FROM counts
INNER JOIN rate ON counts.report_id = rate.report_id
WHERE
    counts.authority_code = $authority_code
    AND list_contains(counts.period_kinds, 'month')
    AND rate.definition_code = coalesce($definition_code, 'resolved')
    AND ($coverage IS NULL OR counts.coverage = $coverage)
    AND ($first_day IS NULL OR counts.first_day >= $first_day)
    AND ($last_day IS NULL OR counts.last_day <= $last_day)
ORDER BY counts.coverage ASC, counts.first_day ASC
