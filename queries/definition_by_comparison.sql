-- By which definitions can the authorities of one place be compared in a period, and what do the others lack?
-- grain: one row per definition
-- order: position
SELECT
    definition.definition_code,
    definition.position,
    count(rate.rate) AS authorities_with_rate,
    count(rate.rate) >= 2 AS is_comparable,
    if(count(rate.rate) >= 2, NULL, any_value(rate.reason ORDER BY rate.reason, rate.report_id)) AS reason,
    if(
        count(rate.rate) >= 2,
        NULL,
        any_value(rate.missing_counts ORDER BY rate.missing_counts, rate.report_id)
    ) AS missing_counts
FROM definition
LEFT JOIN (
    SELECT
        rate.definition_code,
        rate.report_id,
        rate.rate,
        rate.reason,
        rate.missing_counts
    FROM counts
    INNER JOIN rate ON counts.report_id = rate.report_id
    INNER JOIN authority ON counts.authority_code = authority.authority_code
    WHERE
        authority.parent_code = $parent_code
        AND authority.level = $level
        AND counts.is_whole
        AND counts.last_day = $last_day
        AND counts.first_day IS NOT DISTINCT FROM $first_day
        AND counts.source_kind = $source_kind
        AND counts.coverage = $coverage
) AS rate ON definition.definition_code = rate.definition_code
GROUP BY definition.definition_code, definition.position
ORDER BY definition.position ASC
