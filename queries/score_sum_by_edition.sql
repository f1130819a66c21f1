-- Do the criteria of an authority add up to the total that was published?
-- grain: one row per authority, index, edition, period, kind and source with a total and criteria
-- order: largest difference first, then authority, index, edition, period, kind, source
SELECT
    score.authority_code,
    authority.authority_name,
    score.index_code,
    score.edition,
    score.first_day,
    score.last_day,
    score.score_kind,
    score.source_id,
    any_value(score.score) FILTER (WHERE score.criterion_code = 'TOTAL') AS total_score,
    sum(score.score) FILTER (WHERE criterion.parent_criterion_code = 'TOTAL')::DECIMAL(9, 3) AS criteria_sum,
    any_value(score.score) FILTER (WHERE score.criterion_code = 'TOTAL')
    - sum(score.score) FILTER (WHERE criterion.parent_criterion_code = 'TOTAL')::DECIMAL(9, 3) AS difference,
    sum(criterion.max_score) FILTER (WHERE criterion.parent_criterion_code = 'TOTAL')::DECIMAL(9, 3) AS max_score_sum,
    any_value(index_edition.scale_max) AS scale_max
FROM score
INNER JOIN criterion
    ON score.index_code = criterion.index_code
    AND score.edition = criterion.edition
    AND score.criterion_code = criterion.criterion_code
INNER JOIN index_edition ON score.index_code = index_edition.index_code AND score.edition = index_edition.edition
INNER JOIN authority ON score.authority_code = authority.authority_code
WHERE $authority_code IS NULL OR score.authority_code = $authority_code
GROUP BY
    score.authority_code,
    authority.authority_name,
    score.index_code,
    score.edition,
    score.first_day,
    score.last_day,
    score.score_kind,
    score.source_id
HAVING
    count(*) FILTER (WHERE criterion.parent_criterion_code = 'TOTAL') > 1
    AND count(score.score) FILTER (WHERE score.criterion_code = 'TOTAL') = 1
ORDER BY
    abs(difference) DESC,
    score.authority_code ASC,
    score.index_code ASC,
    score.edition ASC,
    score.last_day ASC,
    score.first_day ASC,
    score.score_kind ASC,
    score.source_id ASC
