-- Which figures are the newest?
-- grain: one row per source with reports or scores
-- order: latest day spoken of first, then source_id
SELECT
    source.source_id,
    source.title,
    source.source_kind,
    max(figure.last_day) AS last_day,
    count(DISTINCT figure.authority_code) AS authorities,
    any_value(authority.authority_name ORDER BY authority.level, authority.authority_code) AS authority_name,
    any_value(authority.authority_code ORDER BY authority.level, authority.authority_code) AS authority_code
FROM (
    SELECT source_id, authority_code, last_day FROM report
    UNION ALL
    SELECT source_id, authority_code, last_day FROM score
) AS figure
INNER JOIN source ON figure.source_id = source.source_id
INNER JOIN authority ON figure.authority_code = authority.authority_code
GROUP BY source.source_id, source.title, source.source_kind
ORDER BY last_day DESC, source.source_id ASC
LIMIT coalesce($limit, 8)
