-- Do the criteria of an authority add up to the total that was published?
-- grain: one row per authority, index, edition, period, kind and source with its total and all its criteria
-- order: largest difference first, then authority, index, edition, period, kind, source
WITH main_criterion AS (
    SELECT
        index_code,
        edition,
        count(*) AS criteria
    FROM criterion
    WHERE parent_criterion_code = 'TOTAL'
    GROUP BY index_code, edition
),

added AS (
    SELECT
        score.authority_code,
        score.index_code,
        score.edition,
        score.first_day,
        score.last_day,
        score.score_kind,
        score.source_id,
        max(score.score) FILTER (WHERE score.criterion_code = 'TOTAL') AS total_score,
        count(score.score) FILTER (WHERE criterion.parent_criterion_code = 'TOTAL') AS criteria,
        sum(score.score) FILTER (WHERE criterion.parent_criterion_code = 'TOTAL')::DECIMAL(9, 3)
            AS criteria_sum,
        sum(criterion.max_score) FILTER (WHERE criterion.parent_criterion_code = 'TOTAL')::DECIMAL(9, 3)
            AS max_score_sum
    FROM score
    INNER JOIN criterion
        ON score.index_code = criterion.index_code
        AND score.edition = criterion.edition
        AND score.criterion_code = criterion.criterion_code
    WHERE $authority_code IS NULL OR score.authority_code = $authority_code
    GROUP BY
        score.authority_code,
        score.index_code,
        score.edition,
        score.first_day,
        score.last_day,
        score.score_kind,
        score.source_id
)

SELECT
    added.authority_code,
    authority.authority_name,
    added.index_code,
    added.edition,
    added.first_day,
    added.last_day,
    added.score_kind,
    added.source_id,
    added.total_score,
    added.criteria_sum,
    added.total_score - added.criteria_sum AS difference,
    added.max_score_sum,
    index_edition.scale_max
FROM added
INNER JOIN main_criterion
    ON added.index_code = main_criterion.index_code
    AND added.edition = main_criterion.edition
    AND added.criteria = main_criterion.criteria
INNER JOIN index_edition
    ON added.index_code = index_edition.index_code AND added.edition = index_edition.edition
INNER JOIN authority ON added.authority_code = authority.authority_code
WHERE added.total_score IS NOT NULL
ORDER BY
    abs(added.total_score - added.criteria_sum) DESC,
    added.authority_code ASC,
    added.index_code ASC,
    added.edition ASC,
    added.last_day ASC,
    added.first_day ASC,
    added.score_kind ASC,
    added.source_id ASC
