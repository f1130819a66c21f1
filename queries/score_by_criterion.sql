-- Where does this authority gain and lose points, criterion by criterion?
-- grain: one row per index, edition, period, criterion, kind of score and source
-- order: latest period, index, edition, kind, source; the total first, then most points lost first
SELECT
    score.index_code,
    index_kind.index_name_vi,
    index_kind.index_name_en,
    index_kind.unit,
    score.edition,
    score.first_day,
    score.last_day,
    score.period_label,
    score.criterion_code,
    criterion.parent_criterion_code,
    criterion.position,
    criterion.criterion_name_vi,
    criterion.criterion_name_en,
    score.score,
    criterion.max_score,
    share_of(score.score::DOUBLE, criterion.max_score::DOUBLE) AS score_share,
    criterion.max_score - score.score AS points_lost,
    score.score_kind,
    score.published_rank,
    score.published_rank_of,
    score.rank_rule,
    score.qualifier,
    score.grade_code,
    grade.grade_name_vi,
    grade.grade_name_en,
    criterion.rule_vi,
    criterion.rule_en,
    score.source_id,
    score.note_vi,
    score.note_en
FROM score
INNER JOIN index_kind ON score.index_code = index_kind.index_code
INNER JOIN criterion
    ON score.index_code = criterion.index_code
    AND score.edition = criterion.edition
    AND score.criterion_code = criterion.criterion_code
LEFT JOIN (
    SELECT
        index_code,
        edition,
        grade_code,
        any_value(grade_name_vi ORDER BY scope_vi) AS grade_name_vi,
        any_value(grade_name_en ORDER BY scope_vi) AS grade_name_en
    FROM grade
    GROUP BY index_code, edition, grade_code
) AS grade
    ON score.index_code = grade.index_code
    AND score.edition = grade.edition
    AND score.grade_code = grade.grade_code
WHERE
    score.authority_code = $authority_code
    AND ($index_code IS NULL OR score.index_code = $index_code)
    AND ($edition IS NULL OR score.edition = $edition)
    AND ($first_day IS NULL OR score.first_day = $first_day)
    AND ($last_day IS NULL OR score.last_day = $last_day)
ORDER BY
    score.last_day DESC,
    score.first_day ASC,
    score.index_code ASC,
    score.edition ASC,
    score.score_kind ASC,
    score.source_id ASC,
    score.criterion_code = 'TOTAL' DESC,
    points_lost DESC NULLS LAST,
    criterion.position ASC,
    score.criterion_code ASC
