-- By which definitions can the authorities of one place be compared in a period, and what do the others lack?
-- grain: one row per definition
-- order: position
WITH figure AS (
    SELECT
        rate.definition_code,
        rate.report_id,
        rate.rate,
        rate.reason,
        rate.missing_counts
    FROM comparable
    INNER JOIN rate ON comparable.report_id = rate.report_id
    WHERE
        comparable.parent_code = $parent_code
        AND comparable.level = $level
        AND comparable.last_day = $last_day
        AND comparable.first_day IS NOT DISTINCT FROM $first_day
        AND comparable.record_kind = coalesce($record_kind, 'published')
        AND comparable.source_kind = $source_kind
        AND comparable.coverage = $coverage
)

SELECT
    definition.definition_code,
    definition.position,
    count(figure.rate) AS authorities_with_rate,
    count(figure.rate) >= 2 AS is_comparable,
    if(
        count(figure.rate) >= 2,
        NULL,
        any_value(figure.reason ORDER BY figure.reason, figure.report_id)
    ) AS reason,
    if(
        count(figure.rate) >= 2,
        NULL,
        any_value(figure.missing_counts ORDER BY figure.missing_counts, figure.report_id)
    ) AS missing_counts
FROM definition
LEFT JOIN figure ON definition.definition_code = figure.definition_code
GROUP BY definition.definition_code, definition.position
ORDER BY definition.position ASC
