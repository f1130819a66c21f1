-- How does each score of this authority rank among the same scores of its siblings?
-- grain: one row per index, edition, period, criterion, kind of score and source, where a sibling has one too
-- order: index, edition, period, criterion, kind, source
WITH peer AS (
    SELECT
        score.authority_code,
        score.index_code,
        score.edition,
        score.first_day,
        score.last_day,
        score.criterion_code,
        score.score_kind,
        score.source_id,
        rank() OVER (
            PARTITION BY
                score.index_code,
                score.edition,
                score.first_day,
                score.last_day,
                score.criterion_code,
                score.score_kind,
                score.source_id
            ORDER BY score.score DESC
        ) AS computed_rank,
        count(*) OVER (
            PARTITION BY
                score.index_code,
                score.edition,
                score.first_day,
                score.last_day,
                score.criterion_code,
                score.score_kind,
                score.source_id
        ) AS computed_rank_of
    FROM score
    INNER JOIN authority ON score.authority_code = authority.authority_code
    INNER JOIN authority AS asked
        ON authority.parent_code = asked.parent_code AND authority.level = asked.level
    WHERE asked.authority_code = $authority_code AND score.score IS NOT NULL
)

SELECT
    index_code,
    edition,
    first_day,
    last_day,
    criterion_code,
    score_kind,
    source_id,
    computed_rank,
    computed_rank_of
FROM peer
WHERE authority_code = $authority_code AND computed_rank_of > 1
ORDER BY
    index_code ASC,
    edition ASC,
    first_day ASC,
    last_day ASC,
    criterion_code ASC,
    score_kind ASC,
    source_id ASC
