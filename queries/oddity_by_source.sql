-- What in the published figures does not add up, or can be misread?
-- grain: one row per oddity
-- order: authority in Vietnamese order (those of no one authority last), oddity_id
SELECT
    oddity.oddity_id,
    oddity.authority_code,
    authority.authority_name,
    oddity.report_id,
    oddity.published_vi,
    oddity.published_en,
    oddity.recomputed_vi,
    oddity.recomputed_en,
    oddity.oddity_kind_vi,
    oddity.oddity_kind_en,
    oddity.source_id,
    source.title AS source_title,
    source.url AS source_url
FROM oddity
INNER JOIN source ON oddity.source_id = source.source_id
LEFT JOIN authority ON oddity.authority_code = authority.authority_code
WHERE $authority_code IS NULL OR oddity.authority_code = $authority_code
ORDER BY
    authority.short_name COLLATE vi ASC NULLS LAST,
    oddity.oddity_id ASC
