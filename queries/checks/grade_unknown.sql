-- Does a score have a grade that its edition does not give?
-- examines: score
-- mend: Add the grade to data/indices/grades.csv or correct grade_code in data/indices/scores.csv.
-- mend_vi: Thêm xếp loại vào data/indices/grades.csv hoặc sửa grade_code trong data/indices/scores.csv.
SELECT
    score.authority_code,
    score.index_code,
    score.edition,
    score.criterion_code,
    score.grade_code
FROM score
LEFT JOIN grade
    ON score.index_code = grade.index_code
    AND score.edition = grade.edition
    AND score.grade_code = grade.grade_code
WHERE score.grade_code IS NOT NULL AND grade.grade_code IS NULL
