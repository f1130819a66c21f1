-- Which on-time targets were set for this authority, by whom and for when?
-- grain: one row per target
-- order: latest first, then target_id
SELECT
    target_id,
    authority_code,
    owner_vi,
    owner_en,
    definition_code,
    first_day,
    last_day,
    target_rate,
    comparison,
    source_id,
    note_vi,
    note_en
FROM target
WHERE authority_code = $authority_code
ORDER BY last_day DESC NULLS LAST, target_id ASC
