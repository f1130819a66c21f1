-- How does each score of this authority rank among the same scores of all its siblings?
-- grain: one row per index, edition, period, criterion, kind of score and source, where every sibling has one
-- order: index, edition, period, criterion, kind, source
WITH sibling AS (
    SELECT
        authority.authority_code,
        authority.valid_from,
        authority.valid_to
    FROM authority
    INNER JOIN authority AS asked
        ON authority.parent_code = asked.parent_code AND authority.level = asked.level
    WHERE asked.authority_code = $authority_code AND asked.level <> 'group'
),

peer AS (
    SELECT
        score.authority_code,
        score.index_code,
        score.edition,
        score.first_day,
        score.last_day,
        score.criterion_code,
        score.score_kind,
        score.source_id,
        rank() OVER (same_score ORDER BY score.score DESC) AS computed_rank,
        count(*) OVER same_score AS computed_rank_of,
        max(score.published_rank_of) OVER same_score AS published_rank_of
    FROM score
    INNER JOIN sibling ON score.authority_code = sibling.authority_code
    WHERE
        score.score IS NOT NULL
        AND (sibling.valid_from IS NULL OR sibling.valid_from <= score.last_day)
        AND (sibling.valid_to IS NULL OR sibling.valid_to >= score.last_day)
    WINDOW same_score AS (
        PARTITION BY
            score.index_code,
            score.edition,
            score.first_day,
            score.last_day,
            score.criterion_code,
            score.score_kind,
            score.source_id
    )
)

-- Where the score of one sibling is not known, nobody's rank is.
SELECT
    peer.index_code,
    peer.edition,
    peer.first_day,
    peer.last_day,
    peer.criterion_code,
    peer.score_kind,
    peer.source_id,
    peer.computed_rank,
    peer.computed_rank_of
FROM peer
WHERE
    peer.authority_code = $authority_code
    AND peer.computed_rank_of > 1
    AND peer.computed_rank_of >= coalesce(peer.published_rank_of, 0)
    AND peer.computed_rank_of = (
        SELECT count(*)
        FROM sibling
        WHERE
            (sibling.valid_from IS NULL OR sibling.valid_from <= peer.last_day)
            AND (sibling.valid_to IS NULL OR sibling.valid_to >= peer.last_day)
    )
ORDER BY
    peer.index_code ASC,
    peer.edition ASC,
    peer.first_day ASC,
    peer.last_day ASC,
    peer.criterion_code ASC,
    peer.score_kind ASC,
    peer.source_id ASC
