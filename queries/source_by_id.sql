-- Where does each figure come from, and how far was it verified?
-- grain: one row per source
-- order: kind of source, title in Vietnamese order, source_id
WITH entry AS (
    SELECT
        source_id,
        'report' AS kind
    FROM report
    UNION ALL
    SELECT
        source_id,
        'score' AS kind
    FROM score
    UNION ALL
    SELECT
        source_id,
        'indicator' AS kind
    FROM indicator
    UNION ALL
    SELECT
        source_id,
        'dossiers' AS kind
    FROM dossier_source
),

figure AS (
    SELECT
        source_id,
        count(*) FILTER (WHERE kind = 'report') AS reports,
        count(*) FILTER (WHERE kind = 'score') AS scores,
        count(*) FILTER (WHERE kind = 'indicator') AS indicators,
        count(*) FILTER (WHERE kind = 'dossiers') AS authorities_with_dossiers
    FROM entry
    GROUP BY source_id
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
    source.note_en,
    coalesce(figure.reports, 0) AS reports,
    coalesce(figure.scores, 0) AS scores,
    coalesce(figure.indicators, 0) AS indicators,
    coalesce(figure.authorities_with_dossiers, 0) AS authorities_with_dossiers
FROM source
LEFT JOIN figure ON source.source_id = figure.source_id
WHERE $source_id IS NULL OR source.source_id = $source_id
ORDER BY source.source_kind ASC, source.title COLLATE vi ASC, source.source_id ASC
