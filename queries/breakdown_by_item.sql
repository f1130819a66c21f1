-- How do the dossiers of one authority and period break down by field, channel, procedure or days late?
-- grain: one row per coverage, kind of period, period and item (of one dimension)
-- order: whole area before own office, newest first, longer periods first; days late by class; most resolved
-- finish: intervals
WITH item AS (
    SELECT
        breakdown.authority_code,
        breakdown.coverage,
        breakdown.period_kind,
        breakdown.first_day,
        breakdown.last_day,
        breakdown.dimension,
        breakdown.item,
        breakdown.carried_over,
        breakdown.received_online,
        breakdown.received_offline,
        breakdown.received,
        breakdown.early,
        breakdown.on_due_date,
        breakdown.on_time,
        breakdown.late,
        breakdown.resolved,
        breakdown.in_progress,
        breakdown.overdue,
        breakdown.open_total,
        breakdown.dossiers,
        coalesce(string_split(breakdown.under_5, ','), []) AS under_5,
        coalesce(string_split(breakdown.hidden, ','), []) AS hidden,
        -- a rate is told only where both its counts are
        if(breakdown.resolved IS NULL, NULL, breakdown.on_time) AS numerator,
        if(breakdown.on_time IS NULL, NULL, breakdown.resolved) AS denominator
    FROM breakdown
    WHERE
        breakdown.authority_code = $authority_code
        AND breakdown.dimension = $dimension
        AND ($coverage IS NULL OR breakdown.coverage = $coverage)
        AND ($period_kind IS NULL OR breakdown.period_kind = $period_kind)
        AND ($first_day IS NULL OR breakdown.first_day >= $first_day)
        AND ($last_day IS NULL OR breakdown.last_day <= $last_day)
)

SELECT
    item.authority_code,
    item.coverage,
    item.period_kind,
    item.first_day,
    item.last_day,
    item.dimension,
    item.item,
    coalesce(procedure.procedure_name_vi, field.field_name_vi) AS item_name_vi,
    coalesce(procedure.procedure_name_en, field.field_name_en) AS item_name_en,
    authority.illustrative,
    item.carried_over,
    item.received_online,
    item.received_offline,
    item.received,
    item.early,
    item.on_due_date,
    item.on_time,
    item.late,
    item.resolved,
    item.in_progress,
    item.overdue,
    item.open_total,
    item.dossiers,
    item.under_5,
    item.hidden,
    item.numerator,
    item.denominator,
    share_of(item.numerator, item.denominator) AS rate,
    CASE
        WHEN item.dimension = 'days_late' AND item.dossiers IS NOT NULL THEN NULL
        WHEN item.dimension = 'days_late' OR item.denominator IS NULL THEN 'suppressed'
        WHEN item.denominator = 0 THEN 'no_dossiers'
    END AS reason,
    dossier_source.source_id
FROM item
INNER JOIN authority ON item.authority_code = authority.authority_code
INNER JOIN dossier_source ON item.authority_code = dossier_source.authority_code
LEFT JOIN field ON item.dimension = 'field' AND item.item = field.field
LEFT JOIN procedure ON item.dimension = 'procedure' AND item.item = procedure.procedure_code
ORDER BY
    item.coverage ASC,
    item.last_day DESC,
    item.first_day ASC,
    list_position(['year', 'quarter', 'month'], item.period_kind) ASC,
    list_position(['1', '2-3', '4-7', '8-15', '16-30', '31-90', '90+'], item.item) ASC NULLS FIRST,
    item.resolved DESC NULLS LAST,
    item.item ASC
