-- How long do the dossiers of one authority and period take, and how late are the late ones?
-- grain: one row per coverage, kind of period, period, item (of one dimension) and kind of duration
-- order: whole area before own office, newest first, longer periods first, kind of duration, slowest first
SELECT
    distribution.coverage,
    distribution.period_kind,
    distribution.first_day,
    distribution.last_day,
    distribution.dimension,
    distribution.item,
    coalesce(procedure.procedure_name_vi, field.field_name_vi) AS item_name_vi,
    coalesce(procedure.procedure_name_en, field.field_name_en) AS item_name_en,
    distribution.kind,
    distribution.dossiers,
    distribution.median,
    distribution.p90
FROM distribution
LEFT JOIN field ON distribution.dimension = 'field' AND distribution.item = field.field
LEFT JOIN procedure ON distribution.dimension = 'procedure' AND distribution.item = procedure.procedure_code
WHERE
    distribution.authority_code = $authority_code
    AND distribution.dimension = $dimension
    AND ($coverage IS NULL OR distribution.coverage = $coverage)
    AND ($period_kind IS NULL OR distribution.period_kind = $period_kind)
    AND ($first_day IS NULL OR distribution.first_day >= $first_day)
    AND ($last_day IS NULL OR distribution.last_day <= $last_day)
ORDER BY
    distribution.coverage ASC,
    distribution.last_day DESC,
    distribution.first_day ASC,
    list_position(['year', 'quarter', 'month'], distribution.period_kind) ASC,
    distribution.kind ASC,
    distribution.p90 DESC,
    distribution.median DESC,
    distribution.item ASC
