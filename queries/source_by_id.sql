-- Where does each figure come from, and how far was it verified?
-- grain: one row per source
-- order: kind of source, title in Vietnamese order, source_id
SELECT
    source_id,
    title,
    publisher,
    url,
    source_kind,
    published_at,
    observed_at,
    collected_by,
    verification,
    terms,
    note_vi,
    note_en,
    (SELECT count(*) FROM report WHERE report.source_id = source.source_id) AS reports,
    (SELECT count(*) FROM score WHERE score.source_id = source.source_id) AS scores,
    (SELECT count(*) FROM indicator WHERE indicator.source_id = source.source_id) AS indicators
FROM source
WHERE $source_id IS NULL OR source_id = $source_id
ORDER BY source_kind ASC, title COLLATE vi ASC, source_id ASC
