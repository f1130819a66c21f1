-- Which checks did this snapshot pass, and how many rows did each look at?
-- grain: one row per check
-- order: check_name
SELECT
    check_name,
    question,
    rows_examined
FROM check_result
ORDER BY check_name ASC
