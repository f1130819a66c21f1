-- Which figures are the newest?
-- grain: one row per source with reports or scores
-- order: latest day spoken of first, then source_id
WITH figure AS (
    SELECT
        source_id,
        authority_code,
        last_day
    FROM report
    UNION ALL
    SELECT
        source_id,
        authority_code,
        last_day
    FROM score
),

-- The widest authority that a source speaks of stands for the others.
speaking AS (
    SELECT
        figure.source_id,
        figure.last_day,
        authority.authority_code,
        authority.authority_name,
        row_number() OVER (
            PARTITION BY figure.source_id
            ORDER BY level_order(authority.level) ASC, authority.authority_code ASC
        ) AS place
    FROM figure
    INNER JOIN authority ON figure.authority_code = authority.authority_code
    WHERE NOT authority.illustrative
)

SELECT
    source.source_id,
    source.title,
    source.source_kind,
    max(speaking.last_day) AS last_day,
    count(DISTINCT speaking.authority_code) AS authorities,
    any_value(speaking.authority_name) FILTER (WHERE speaking.place = 1) AS authority_name,
    any_value(speaking.authority_code) FILTER (WHERE speaking.place = 1) AS authority_code
FROM speaking
INNER JOIN source ON speaking.source_id = source.source_id
GROUP BY source.source_id, source.title, source.source_kind
ORDER BY last_day DESC NULLS LAST, source.source_id ASC
LIMIT coalesce($limit, 8)
