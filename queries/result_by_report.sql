-- Which counts of this authority were published or computed from dossiers, and what do they add up to?
-- grain: one row per report (authority, period, breakdown, source) and per period of dossiers (else years)
-- order: latest period first; whole before breakdowns; then report_id
SELECT
    counts.report_id,
    counts.authority_code,
    authority.authority_name,
    counts.first_day,
    counts.last_day,
    counts.period_label,
    counts.record_kind,
    counts.illustrative,
    counts.coverage,
    counts.field,
    field.field_name_vi,
    field.field_name_en,
    counts.channel,
    counts.procedure_code,
    procedure.procedure_name_vi,
    procedure.procedure_name_en,
    counts.remit,
    counts.is_whole,
    counts.counts_basis,
    counts.derived_counts,
    counts.under_5,
    counts.hidden,
    counts.carried_over,
    counts.received_online,
    counts.received_in_person,
    counts.received_postal,
    counts.received_offline,
    counts.received,
    counts.received_and_carried_over,
    counts.early,
    counts.on_due_date,
    counts.on_time,
    counts.late,
    counts.resolved,
    counts.withdrawn,
    counts.returned,
    counts.withdrawn_or_returned,
    counts.undated_resolved,
    counts.undated_open,
    counts.in_progress,
    counts.overdue,
    counts.open_total,
    counts.handled,
    counts.due,
    counts.portal_total,
    counts.portal_on_time,
    counts.portal_not_on_time,
    (
        SELECT arg_min(remainder.difference, remainder.position)
        FROM remainder
        WHERE remainder.report_id = counts.report_id
    ) AS unexplained,
    headline.definition_code AS headline_definition_code,
    counts.published_rate,
    counts.published_rate_definition,
    counts.average_days,
    counts.observed_at,
    counts.note_vi,
    counts.note_en,
    counts.verbatim,
    counts.source_id,
    counts.source_kind
FROM counts
INNER JOIN authority ON counts.authority_code = authority.authority_code
LEFT JOIN field ON counts.field = field.field
LEFT JOIN procedure ON counts.procedure_code = procedure.procedure_code
LEFT JOIN headline ON counts.report_id = headline.report_id
WHERE
    counts.authority_code = $authority_code
    AND ($first_day IS NULL OR counts.first_day >= $first_day)
    AND ($last_day IS NULL OR counts.last_day <= $last_day)
    AND ($coverage IS NULL OR counts.coverage = $coverage)
    AND ($record_kind IS NULL OR counts.record_kind = $record_kind)
    AND (
        counts.record_kind = 'published'
        OR list_has_any(counts.period_kinds, [coalesce($period_kind, 'year'), 'run'])
    )
ORDER BY
    counts.last_day DESC NULLS LAST,
    counts.first_day ASC NULLS LAST,
    counts.is_whole DESC,
    counts.report_id ASC
