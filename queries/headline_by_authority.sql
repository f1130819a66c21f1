-- What is this authority's newest headline figure (or, in a run of months, that of its dossiers)?
-- grain: one row per authority (none where it has no on-time figure)
-- order: none, there is at most one row
-- finish: intervals, target
SELECT
    headline.authority_code,
    authority.authority_name,
    authority.level,
    authority.authority_kind,
    headline.report_id,
    headline.first_day,
    headline.last_day,
    counts.period_label,
    counts.record_kind,
    counts.illustrative,
    counts.coverage,
    counts.source_kind,
    headline.definition_code,
    headline.numerator,
    headline.denominator,
    headline.rate,
    headline.reason,
    counts.carried_over,
    counts.early,
    counts.on_due_date,
    counts.on_time,
    counts.late,
    counts.resolved,
    counts.in_progress,
    counts.overdue,
    counts.withdrawn,
    counts.returned,
    counts.received,
    counts.handled,
    counts.portal_total,
    counts.portal_on_time,
    counts.portal_not_on_time,
    counts.average_days,
    if(headline.definition_code = 'portal', progress_points(headline.rate), NULL) AS progress_points,
    counts.published_rate,
    counts.published_rate_definition,
    counts.observed_at,
    counts.source_id,
    source.title AS source_title,
    source.url AS source_url,
    source.verification
FROM headline
INNER JOIN authority ON headline.authority_code = authority.authority_code
INNER JOIN counts ON headline.report_id = counts.report_id
INNER JOIN source ON counts.source_id = source.source_id
WHERE
    headline.authority_code = $authority_code
    AND ($coverage IS NULL OR counts.coverage = $coverage)
    AND ($record_kind IS NULL OR counts.record_kind = $record_kind)
QUALIFY row_number() OVER (ORDER BY headline.newest ASC) = 1
