-- How far do the figures of this authority, and of those that lie in it, go?
-- grain: one row per authority (none where neither it nor anything in it has figures)
-- order: none, there is at most one row
WITH concerned AS (
    SELECT authority_code
    FROM authority
    WHERE $authority_code IN (authority_code, parent_code, province_code)
),

figure AS (
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

SELECT max(figure.last_day) AS as_of
FROM figure
SEMI JOIN concerned ON figure.authority_code = concerned.authority_code
HAVING max(figure.last_day) IS NOT NULL
