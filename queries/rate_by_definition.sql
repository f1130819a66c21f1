-- What does each named on-time definition make of the counts of this authority?
-- grain: one row per report or period of dossiers (unless another kind is asked for: years), and definition
-- order: latest period first, whole before breakdowns, report_id, position of the definition
-- finish: intervals, target
SELECT
    rate.report_id,
    counts.first_day,
    counts.last_day,
    counts.period_label,
    counts.field,
    counts.channel,
    counts.procedure_code,
    counts.remit,
    counts.is_whole,
    counts.record_kind,
    counts.illustrative,
    counts.coverage,
    rate.definition_code,
    definition.formula,
    coalesce(headline.definition_code = rate.definition_code, FALSE) AS is_headline,
    coalesce(headline.newest = 1 AND headline.definition_code = rate.definition_code, FALSE)
        AS is_newest_headline,
    rate.numerator,
    rate.denominator,
    rate.rate,
    rate.reason,
    rate.missing_counts,
    counts.source_id
FROM rate
INNER JOIN counts ON rate.report_id = counts.report_id
INNER JOIN definition ON rate.definition_code = definition.definition_code
LEFT JOIN headline ON rate.report_id = headline.report_id
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
    rate.report_id ASC,
    definition.position ASC
