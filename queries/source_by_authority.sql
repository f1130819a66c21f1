-- Where do this authority's figures come from?
-- grain: one row per source that speaks of the authority
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
    note_en
FROM source
WHERE
    source_id IN (SELECT source_id FROM report WHERE authority_code = $authority_code)
    OR source_id IN (SELECT source_id FROM score WHERE authority_code = $authority_code)
    OR source_id IN (SELECT source_id FROM indicator WHERE authority_code = $authority_code)
    OR source_id IN (SELECT source_id FROM target WHERE authority_code = $authority_code)
ORDER BY source_kind ASC, title COLLATE vi ASC, source_id ASC
