-- Stamps the finished draft: id of its content, hash of its inputs, latest day any figure speaks of.
INSERT INTO snapshot
SELECT
    $snapshot AS snapshot,
    $inputs AS inputs,
    (
        SELECT max(last_day)
        FROM (
            SELECT last_day FROM report
            UNION ALL
            SELECT last_day FROM score
            UNION ALL
            SELECT last_day FROM indicator
        )
    ) AS as_of;
