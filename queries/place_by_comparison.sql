-- Within which places can authorities be compared, and at which levels?
-- grain: one row per place and level with at least two authorities that share a period, source and definition
-- order: the nation first, most authorities first, name of the place in Vietnamese order, level
WITH comparison AS (
    SELECT
        authority.parent_code,
        authority.level,
        count(DISTINCT counts.authority_code) AS authorities,
        counts.last_day
    FROM counts
    INNER JOIN authority ON counts.authority_code = authority.authority_code
    INNER JOIN rate ON counts.report_id = rate.report_id
    WHERE counts.is_whole AND rate.rate IS NOT NULL AND authority.level <> 'group'
    GROUP BY
        authority.parent_code,
        authority.level,
        counts.first_day,
        counts.last_day,
        counts.source_kind,
        counts.coverage,
        rate.definition_code
    HAVING count(DISTINCT counts.authority_code) >= 2
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
GROUP BY place.authority_code, place.authority_name, place.short_name, place.level, comparison.level
ORDER BY
    place.level = 'nation' DESC,
    authorities DESC,
    place.short_name COLLATE vi ASC,
    comparison.level ASC
