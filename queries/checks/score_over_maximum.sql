-- Does a score exceed its maximum without a note that says why?
-- examines: score
-- mend: Correct the score or the maximum in data/indices/, or give the score a note.
-- mend_vi: Sửa điểm hoặc điểm tối đa trong data/indices/, hoặc thêm ghi chú cho điểm.
SELECT
    score.authority_code,
    score.index_code,
    score.edition,
    score.criterion_code,
    score.score,
    criterion.max_score
FROM score
INNER JOIN criterion
    ON score.index_code = criterion.index_code
    AND score.edition = criterion.edition
    AND score.criterion_code = criterion.criterion_code
WHERE score.score > criterion.max_score AND score.note_vi IS NULL AND score.note_en IS NULL
