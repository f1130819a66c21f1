-- For which indices, editions and periods can the authorities of one place be laid side by side?
-- grain: one row per index, edition, period, level and source
-- order: most authorities first, latest period first, then index, edition, level, source
SELECT
    score.index_code,
    index_kind.index_name_vi,
    index_kind.index_name_en,
    index_kind.unit,
    score.edition,
    score.first_day,
    score.last_day,
    any_value(score.period_label ORDER BY score.period_label) AS period_label,
    authority.level,
    score.source_id,
    count(DISTINCT score.authority_code) AS authorities,
    CASE
        WHEN count(DISTINCT score.authority_code) = 1 THEN min(authority.authority_name)
    END AS only_authority_name,
    count(DISTINCT score.criterion_code) AS criteria
FROM score
INNER JOIN authority ON score.authority_code = authority.authority_code
INNER JOIN index_kind ON score.index_code = index_kind.index_code
WHERE authority.parent_code = $parent_code AND authority.level <> 'group'
GROUP BY
    score.index_code,
    index_kind.index_name_vi,
    index_kind.index_name_en,
    index_kind.unit,
    score.edition,
    score.first_day,
    score.last_day,
    authority.level,
    score.source_id
ORDER BY
    authorities DESC,
    score.last_day DESC,
    score.first_day ASC,
    score.index_code ASC,
    score.edition ASC,
    authority.level ASC,
    score.source_id ASC
