-- Stamps the finished draft: id of its content, hash of its inputs, latest day any figure speaks of.
INSERT INTO snapshot (snapshot, inputs, as_of)
WITH figure AS (
    SELECT last_day FROM report
    UNION ALL
    SELECT last_day FROM score
    UNION ALL
    SELECT last_day FROM indicator
)

SELECT
    $snapshot,
    $inputs,
    max(last_day)
FROM figure;
