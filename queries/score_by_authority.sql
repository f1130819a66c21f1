-- How do the authorities of one place score on every criterion of one index edition?
-- grain: one row per authority and criterion, of one period, one kind of score and one source
-- order: highest total first, name in Vietnamese order, code, position of the criterion
WITH child AS (
    SELECT
        score.authority_code,
        authority.authority_name,
        authority.short_name,
        authority.level,
        score.criterion_code,
        score.score,
        score.score_kind,
        score.published_rank,
        score.published_rank_of,
        score.rank_rule,
        score.qualifier,
        score.source_id
    FROM score
    INNER JOIN authority ON score.authority_code = authority.authority_code
    WHERE
        authority.parent_code = $parent_code
        AND authority.level <> 'group'
        AND ($level IS NULL OR authority.level = $level)
        AND score.index_code = $index_code
        AND score.edition = $edition
        AND score.first_day = $first_day
        AND score.last_day = $last_day
        AND ($source_id IS NULL OR score.source_id = $source_id)
),

-- Scores of different kinds or sources are not ranked together: the one that most authorities have.
widest AS (
    SELECT
        score_kind,
        source_id
    FROM child
    GROUP BY score_kind, source_id
    ORDER BY count(DISTINCT authority_code) DESC, score_kind ASC, source_id ASC
    LIMIT 1
),

asked AS (
    SELECT
        child.authority_code,
        child.authority_name,
        child.short_name,
        child.level,
        child.criterion_code,
        child.score,
        child.score_kind,
        child.published_rank,
        child.published_rank_of,
        child.rank_rule,
        child.qualifier,
        child.source_id,
        max(child.score) FILTER (WHERE child.criterion_code = 'TOTAL')
            OVER (PARTITION BY child.authority_code) AS total_score
    FROM child
    INNER JOIN widest ON child.score_kind = widest.score_kind AND child.source_id = widest.source_id
)

SELECT
    asked.authority_code,
    asked.authority_name,
    asked.short_name,
    asked.criterion_code,
    criterion.parent_criterion_code,
    criterion.position,
    criterion.criterion_name_vi,
    criterion.criterion_name_en,
    asked.score,
    criterion.max_score,
    share_of(asked.score::DOUBLE, criterion.max_score::DOUBLE) AS score_share,
    criterion.max_score - asked.score AS points_lost,
    asked.total_score,
    asked.published_rank,
    asked.published_rank_of,
    asked.rank_rule,
    asked.score_kind,
    asked.qualifier,
    asked.source_id
FROM asked
INNER JOIN criterion
    ON criterion.index_code = $index_code
    AND criterion.edition = $edition
    AND asked.criterion_code = criterion.criterion_code
ORDER BY
    asked.total_score DESC NULLS LAST,
    asked.short_name COLLATE vi ASC,
    asked.authority_code ASC,
    criterion.position ASC,
    asked.criterion_code ASC
