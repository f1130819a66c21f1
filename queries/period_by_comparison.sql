-- In which periods, by which definitions and from which sources can the children of one place be compared?
-- grain: one row per level, period, kinds of record and source, coverage, definition that rates two children
-- order: communes, provinces, districts, others; shared by the parent, latest, most children by any way,
-- headline first
WITH figure AS (
    SELECT
        comparable.authority_code,
        comparable.parent_code,
        comparable.level,
        comparable.first_day,
        comparable.last_day,
        comparable.record_kind,
        comparable.source_kind,
        comparable.coverage,
        rate.definition_code,
        rate.headline_order
    FROM comparable
    INNER JOIN rate ON comparable.report_id = rate.report_id
    WHERE
        rate.rate IS NOT NULL
        AND (comparable.parent_code = $parent_code OR comparable.authority_code = $parent_code)
        AND ($definition_code IS NULL OR rate.definition_code = $definition_code)
        AND ($first_day IS NULL OR comparable.first_day = $first_day)
        AND ($last_day IS NULL OR comparable.last_day = $last_day)
        AND ($record_kind IS NULL OR comparable.record_kind = $record_kind)
        AND ($source_kind IS NULL OR comparable.source_kind = $source_kind)
),

choice AS (
    SELECT
        child.level,
        child.first_day,
        child.last_day,
        child.record_kind,
        child.source_kind,
        child.coverage,
        child.definition_code,
        child.headline_order,
        count(DISTINCT child.authority_code) AS children,
        count(parent.authority_code) > 0 AS parent_shares
    FROM figure AS child
    LEFT JOIN figure AS parent
        ON parent.authority_code = $parent_code
        AND child.last_day = parent.last_day
        AND child.first_day IS NOT DISTINCT FROM parent.first_day
        AND child.record_kind = parent.record_kind
        AND child.source_kind = parent.source_kind
        AND child.definition_code = parent.definition_code
    WHERE
        child.parent_code = $parent_code
        AND ($level IS NULL OR child.level = $level)
        AND ($coverage IS NULL OR child.coverage = $coverage)
    GROUP BY
        child.level,
        child.first_day,
        child.last_day,
        child.record_kind,
        child.source_kind,
        child.coverage,
        child.definition_code,
        child.headline_order
    HAVING count(DISTINCT child.authority_code) >= 2
)

-- An office that has finished nothing is rated by those received alone: that must not make it the way of all.
SELECT
    level,
    first_day,
    last_day,
    record_kind,
    source_kind,
    coverage,
    definition_code,
    headline_order,
    children,
    parent_shares
FROM choice
ORDER BY
    list_position(['commune', 'province', 'district'], level) ASC NULLS LAST,
    parent_shares DESC,
    last_day DESC NULLS LAST,
    max(children) OVER (
        PARTITION BY level, first_day, last_day, record_kind, source_kind, coverage
    ) DESC,
    headline_order ASC NULLS LAST,
    children DESC,
    first_day ASC NULLS LAST,
    record_kind ASC,
    source_kind ASC,
    coverage ASC,
    definition_code ASC,
    level ASC
