-- Is a percentage below 0 or above 100?
-- examines: indicator, score
-- mend: Check the row of data/published/indicators.csv or data/indices/scores.csv against its source.
-- mend_vi: Đối chiếu dòng đó của data/published/indicators.csv hoặc data/indices/scores.csv với nguồn.
SELECT
    indicator.authority_code,
    indicator.indicator_code AS figure,
    indicator.period_label,
    indicator.value
FROM indicator
INNER JOIN indicator_kind ON indicator.indicator_code = indicator_kind.indicator_code
WHERE indicator_kind.unit = 'percent' AND indicator.value NOT BETWEEN 0 AND 100
UNION ALL
SELECT
    score.authority_code,
    concat_ws(' ', score.index_code, score.edition, score.criterion_code),
    score.period_label,
    score.score
FROM score
INNER JOIN index_kind ON score.index_code = index_kind.index_code
WHERE index_kind.unit = 'percent' AND score.score NOT BETWEEN 0 AND 100
