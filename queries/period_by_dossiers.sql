-- For which months are an authority's dossiers known?
-- grain: one row per coverage
-- order: whole area before own office
SELECT
    horizon.authority_code,
    horizon.coverage,
    horizon.first_day,
    horizon.last_day,
    horizon.months,
    authority.illustrative,
    dossier_source.source_id
FROM horizon
INNER JOIN authority ON horizon.authority_code = authority.authority_code
INNER JOIN dossier_source ON horizon.authority_code = dossier_source.authority_code
WHERE horizon.authority_code = $authority_code
ORDER BY horizon.coverage ASC
