-- For which indices and editions does this authority have scores?
-- grain: one row per index, edition, period, kind of score and source
-- order: latest period first, then index, edition, kind, source
SELECT
    score.index_code,
    index_kind.index_name_vi,
    index_kind.index_name_en,
    index_kind.unit,
    score.edition,
    score.first_day,
    score.last_day,
    score.period_label,
    score.score_kind,
    score.source_id,
    count(*) FILTER (WHERE score.criterion_code <> 'TOTAL') AS criteria,
    any_value(score.score) FILTER (WHERE score.criterion_code = 'TOTAL') AS total_score,
    index_edition.scale_max,
    any_value(score.published_rank) FILTER (WHERE score.criterion_code = 'TOTAL') AS published_rank,
    any_value(score.published_rank_of) FILTER (WHERE score.criterion_code = 'TOTAL') AS published_rank_of,
    any_value(score.rank_rule) FILTER (WHERE score.criterion_code = 'TOTAL') AS rank_rule
FROM score
INNER JOIN index_kind ON score.index_code = index_kind.index_code
INNER JOIN index_edition
    ON score.index_code = index_edition.index_code AND score.edition = index_edition.edition
WHERE score.authority_code = $authority_code
GROUP BY
    score.index_code,
    index_kind.index_name_vi,
    index_kind.index_name_en,
    index_kind.unit,
    score.edition,
    score.first_day,
    score.last_day,
    score.period_label,
    score.score_kind,
    score.source_id,
    index_edition.scale_max
ORDER BY
    score.last_day DESC,
    score.first_day ASC,
    score.index_code ASC,
    score.edition ASC,
    score.score_kind ASC,
    score.source_id ASC
