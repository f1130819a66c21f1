-- In which criteria do the authorities of one place lose most of the points they could have?
-- grain: one row per criterion of the first level, of the newest edition that two of them have
-- order: lowest median share first, then position of the criterion
-- finish: low_scores
WITH shared AS (
    SELECT
        score.index_code,
        score.edition,
        score.first_day,
        score.last_day,
        score.score_kind,
        score.source_id,
        authority.level
    FROM score
    INNER JOIN authority ON score.authority_code = authority.authority_code
    WHERE
        authority.parent_code = $parent_code
        AND authority.level <> 'group'
        AND score.criterion_code <> 'TOTAL'
        AND ($index_code IS NULL OR score.index_code = $index_code)
        AND ($edition IS NULL OR score.edition = $edition)
        AND ($first_day IS NULL OR score.first_day = $first_day)
        AND ($last_day IS NULL OR score.last_day = $last_day)
        AND ($level IS NULL OR authority.level = $level)
    GROUP BY
        score.index_code,
        score.edition,
        score.first_day,
        score.last_day,
        score.score_kind,
        score.source_id,
        authority.level
    HAVING count(DISTINCT score.authority_code) >= 2 AND count(DISTINCT score.criterion_code) >= 2
    ORDER BY
        score.last_day DESC,
        score.first_day ASC,
        count(DISTINCT score.authority_code) DESC,
        score.index_code ASC,
        score.edition ASC,
        score.score_kind ASC,
        score.source_id ASC,
        authority.level ASC
    LIMIT 1
)

SELECT
    shared.index_code,
    any_value(index_kind.index_name_vi) AS index_name_vi,
    any_value(index_kind.index_name_en) AS index_name_en,
    shared.edition,
    shared.first_day,
    shared.last_day,
    any_value(score.period_label ORDER BY score.period_label) AS period_label,
    shared.level,
    score.criterion_code,
    any_value(criterion.position) AS position,
    any_value(criterion.criterion_name_vi) AS criterion_name_vi,
    any_value(criterion.criterion_name_en) AS criterion_name_en,
    any_value(criterion.max_score) AS max_score,
    count(score.score) AS authorities,
    median(score.score)::DECIMAL(9, 3) AS median_score,
    median(score.score / criterion.max_score)::DOUBLE AS median_share,
    min(score.score / criterion.max_score)::DOUBLE AS lowest_share,
    arg_min(authority.authority_name, (score.score, authority.authority_code)) AS lowest_name,
    arg_min(authority.authority_code, (score.score, authority.authority_code)) AS lowest_code,
    list(score.score / criterion.max_score ORDER BY score.authority_code)::DOUBLE[] AS score_shares,
    shared.score_kind,
    shared.source_id
FROM shared
INNER JOIN score
    ON shared.index_code = score.index_code
    AND shared.edition = score.edition
    AND shared.first_day = score.first_day
    AND shared.last_day = score.last_day
    AND shared.score_kind = score.score_kind
    AND shared.source_id = score.source_id
INNER JOIN authority
    ON score.authority_code = authority.authority_code
    AND shared.level = authority.level
    AND authority.parent_code = $parent_code
INNER JOIN criterion
    ON score.index_code = criterion.index_code
    AND score.edition = criterion.edition
    AND score.criterion_code = criterion.criterion_code
INNER JOIN index_kind ON shared.index_code = index_kind.index_code
WHERE
    score.criterion_code <> 'TOTAL'
    AND coalesce(criterion.parent_criterion_code, 'TOTAL') = 'TOTAL'
    AND score.score IS NOT NULL
    AND criterion.max_score IS NOT NULL
GROUP BY
    shared.index_code,
    shared.edition,
    shared.first_day,
    shared.last_day,
    shared.score_kind,
    shared.source_id,
    shared.level,
    score.criterion_code
ORDER BY median_share ASC, position ASC
