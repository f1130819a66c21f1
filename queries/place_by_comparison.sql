-- Within which places can authorities be compared, and at which levels?
-- grain: one row per place and level with at least two authorities that share a period, source and definition
-- order: the nation first, most authorities first, name of the place in Vietnamese order, level
WITH comparison AS (
    SELECT
        comparable.parent_code,
        comparable.level,
        count(DISTINCT comparable.authority_code) AS authorities,
        comparable.last_day
    FROM comparable
    INNER JOIN rate ON comparable.report_id = rate.report_id
    WHERE rate.rate IS NOT NULL
    GROUP BY
        comparable.parent_code,
        comparable.level,
        comparable.first_day,
        comparable.last_day,
        comparable.record_kind,
        comparable.source_kind,
        comparable.coverage,
        rate.definition_code
    HAVING count(DISTINCT comparable.authority_code) >= 2
)

SELECT
    place.authority_code,
    place.authority_name,
    place.level AS place_level,
    comparison.level,
    max(comparison.authorities) AS authorities,
    max(comparison.last_day) AS last_day
FROM comparison
INNER JOIN authority AS place ON comparison.parent_code = place.authority_code
-- who looks for the imaginary one finds it by name
WHERE NOT place.illustrative
GROUP BY place.authority_code, place.authority_name, place.short_name, place.level, comparison.level
ORDER BY
    place.level = 'nation' DESC,
    authorities DESC,
    place.short_name COLLATE vi ASC,
    comparison.level ASC,
    place.authority_code ASC
