-- In which periods, by which definition and from which kind of source can the children of one place be compared?
-- grain: one row per level, period, kind of source, coverage and definition with at least two children
-- order: periods the parent shares first, latest first, most children first, headline definitions first
WITH child AS (
    SELECT
        authority.level,
        counts.first_day,
        counts.last_day,
        counts.source_kind,
        counts.coverage,
        rate.definition_code,
        authority.authority_code,
        rate.rate
    FROM counts
    INNER JOIN authority ON counts.authority_code = authority.authority_code
    INNER JOIN rate ON counts.report_id = rate.report_id
    WHERE
        authority.parent_code = $parent_code
        AND authority.level <> 'group'
        AND counts.is_whole
        AND ($level IS NULL OR authority.level = $level)
        AND ($definition_code IS NULL OR rate.definition_code = $definition_code)
        AND ($first_day IS NULL OR counts.first_day = $first_day)
        AND ($last_day IS NULL OR counts.last_day = $last_day)
        AND ($source_kind IS NULL OR counts.source_kind = $source_kind)
        AND ($coverage IS NULL OR counts.coverage = $coverage)
)

SELECT
    child.level,
    child.first_day,
    child.last_day,
    child.source_kind,
    child.coverage,
    child.definition_code,
    definition.headline_order,
    count(DISTINCT child.authority_code) AS children,
    coalesce(bool_or(parent.report_id IS NOT NULL), FALSE) AS parent_shares
FROM child
INNER JOIN definition ON child.definition_code = definition.definition_code
LEFT JOIN counts AS parent
    ON parent.authority_code = $parent_code
    AND parent.is_whole
    AND parent.last_day = child.last_day
    AND parent.first_day IS NOT DISTINCT FROM child.first_day
    AND parent.source_kind = child.source_kind
GROUP BY
    child.level,
    child.first_day,
    child.last_day,
    child.source_kind,
    child.coverage,
    child.definition_code,
    definition.headline_order
HAVING count(DISTINCT child.authority_code) FILTER (WHERE child.rate IS NOT NULL) >= 2
ORDER BY
    child.level = 'commune' DESC,
    child.level = 'province' DESC,
    child.level = 'district' DESC,
    parent_shares DESC,
    child.last_day DESC,
    children DESC,
    definition.headline_order ASC NULLS LAST,
    child.first_day ASC,
    child.source_kind ASC,
    child.coverage ASC,
    child.definition_code ASC
