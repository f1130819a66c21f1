-- Does a criterion belong to one that its edition does not have?
-- examines: criterion
-- mend: Correct parent_criterion_code in data/indices/criteria.csv.
-- mend_vi: Sửa parent_criterion_code trong data/indices/criteria.csv.
SELECT
    child.index_code,
    child.edition,
    child.criterion_code,
    child.parent_criterion_code
FROM criterion AS child
LEFT JOIN criterion AS parent
    ON child.index_code = parent.index_code
    AND child.edition = parent.edition
    AND child.parent_criterion_code = parent.criterion_code
WHERE child.parent_criterion_code IS NOT NULL AND parent.criterion_code IS NULL
