-- Stamps the finished draft: id of its content, hash of its inputs, latest day any real figure speaks of.
INSERT INTO snapshot (snapshot, inputs, as_of)
WITH figure AS (
    SELECT
        authority_code,
        last_day
    FROM report
    UNION ALL
    SELECT
        authority_code,
        last_day
    FROM score
    UNION ALL
    SELECT
        authority_code,
        last_day
    FROM indicator
    UNION ALL
    SELECT
        authority_code,
        last_day
    FROM flow
)

SELECT
    $snapshot,
    $inputs,
    max(figure.last_day)
FROM figure
INNER JOIN authority ON figure.authority_code = authority.authority_code
WHERE NOT authority.illustrative;
