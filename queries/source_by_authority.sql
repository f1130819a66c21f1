-- Where do this authority's figures come from?
-- grain: one row per source that speaks of the authority
-- order: kind of source, title in Vietnamese order, source_id
WITH speaking AS (
    SELECT source_id FROM report WHERE authority_code = $authority_code
    UNION
    SELECT source_id FROM score WHERE authority_code = $authority_code
    UNION
    SELECT source_id FROM indicator WHERE authority_code = $authority_code
    UNION
    SELECT source_id FROM target WHERE authority_code = $authority_code
    UNION
    SELECT source_id FROM statement WHERE authority_code = $authority_code
    UNION
    SELECT source_id FROM dossier_source WHERE authority_code = $authority_code
)

SELECT
    source.source_id,
    source.title,
    source.publisher,
    source.url,
    source.source_kind,
    source.published_at,
    source.observed_at,
    source.collected_by,
    source.verification,
    source.terms,
    source.note_vi,
    source.note_en
FROM source
INNER JOIN speaking ON source.source_id = speaking.source_id
ORDER BY source.source_kind ASC, source.title COLLATE vi ASC, source.source_id ASC
