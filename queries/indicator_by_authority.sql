-- Which other figures were published for this authority?
-- grain: one row per indicator, period and source
-- order: group, indicator, latest period first, source
SELECT
    indicator.authority_code,
    indicator_kind.indicator_group,
    indicator.indicator_code,
    indicator_kind.indicator_name_vi,
    indicator_kind.indicator_name_en,
    indicator_kind.unit,
    indicator.first_day,
    indicator.last_day,
    indicator.period_label,
    indicator.value,
    indicator.qualifier,
    indicator.note_vi,
    indicator.note_en,
    indicator.verbatim,
    indicator.source_id
FROM indicator
INNER JOIN indicator_kind ON indicator.indicator_code = indicator_kind.indicator_code
WHERE indicator.authority_code = $authority_code
ORDER BY
    indicator_kind.indicator_group ASC,
    indicator.indicator_code ASC,
    indicator.last_day DESC NULLS LAST,
    indicator.first_day DESC NULLS LAST,
    indicator.period_label ASC,
    indicator.source_id ASC
