-- Is a percentage below 0 or above 100?
-- examines: indicator
-- mend: Check the row of data/published/indicators.csv against its source.
SELECT
    indicator.authority_code,
    indicator.indicator_code,
    indicator.period_label,
    indicator.value
FROM indicator
INNER JOIN indicator_kind ON indicator.indicator_code = indicator_kind.indicator_code
WHERE indicator_kind.unit = 'percent' AND indicator.value NOT BETWEEN 0 AND 100
