-- Which published totals are not the sum of their published parts?
-- grain: one row per report and identity that does not hold
-- order: authority in Vietnamese order, report, position of the identity
SELECT
    remainder.report_id,
    counts.authority_code,
    authority.authority_name,
    counts.first_day,
    counts.last_day,
    counts.period_label,
    remainder.total_name,
    remainder.total,
    remainder.parts,
    remainder.parts_sum,
    remainder.difference,
    counts.source_id
FROM remainder
INNER JOIN counts ON remainder.report_id = counts.report_id
INNER JOIN authority ON counts.authority_code = authority.authority_code
WHERE $authority_code IS NULL OR counts.authority_code = $authority_code
ORDER BY
    authority.short_name COLLATE vi ASC,
    remainder.report_id ASC,
    remainder.position ASC
