-- Which snapshot is this, and how much does it hold?
-- grain: one row
-- order: none, there is one row
SELECT
    snapshot.snapshot,
    snapshot.as_of,
    (SELECT count(*) FROM authority WHERE NOT authority.illustrative) AS authorities,
    (
        SELECT count(*)
        FROM figures_of_authority
        INNER JOIN authority ON figures_of_authority.authority_code = authority.authority_code
        WHERE NOT authority.illustrative
    ) AS authorities_with_figures,
    (SELECT count(*) FROM report) AS reports,
    (SELECT count(*) FROM score) AS scores,
    (SELECT count(*) FROM indicator) AS indicators,
    (SELECT count(*) FROM source) AS sources
FROM snapshot
