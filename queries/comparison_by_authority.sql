-- How do the authorities of one place compare, by one definition over one period?
-- grain: one row per authority of the place and level that was valid on the last day
-- order: lowest rate first, then those with no rate; name in Vietnamese order; code
-- finish: intervals, bands, target
WITH figure AS (
    SELECT
        counts.authority_code,
        counts.report_id,
        counts.record_kind,
        counts.average_days,
        counts.late,
        counts.overdue,
        counts.portal_not_on_time,
        counts.source_id,
        rate.numerator,
        rate.denominator,
        rate.rate,
        rate.reason
    FROM comparable
    INNER JOIN counts ON comparable.report_id = counts.report_id
    INNER JOIN rate ON comparable.report_id = rate.report_id
    WHERE
        comparable.parent_code = $parent_code
        AND comparable.level = $level
        AND comparable.last_day = $last_day
        AND comparable.first_day IS NOT DISTINCT FROM $first_day
        AND comparable.record_kind = coalesce($record_kind, 'published')
        AND comparable.source_kind = $source_kind
        AND comparable.coverage = $coverage
        AND rate.definition_code = $definition_code
)

SELECT
    authority.authority_code,
    authority.authority_name,
    authority.short_name,
    authority.level,
    authority.authority_kind,
    authority.illustrative,
    figure.report_id,
    figure.record_kind,
    figure.numerator,
    figure.denominator,
    figure.denominator - figure.numerator AS not_on_time,
    figure.rate,
    if(figure.report_id IS NULL, 'no_report', figure.reason) AS reason,
    figure.late,
    figure.overdue,
    figure.portal_not_on_time,
    figure.average_days,
    figure.source_id
FROM authority
LEFT JOIN figure ON authority.authority_code = figure.authority_code
WHERE
    authority.parent_code = $parent_code
    AND authority.level = $level
    AND (authority.valid_from IS NULL OR authority.valid_from <= $last_day)
    AND (authority.valid_to IS NULL OR authority.valid_to >= $last_day)
ORDER BY
    figure.rate ASC NULLS LAST,
    authority.short_name COLLATE vi ASC,
    authority.authority_code ASC
