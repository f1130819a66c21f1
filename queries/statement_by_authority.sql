-- What has this authority stated about its figures?
-- grain: one row per statement
-- order: newest first, then statement_id
SELECT
    statement_id,
    authority_code,
    made_on,
    statement_vi,
    statement_en,
    about,
    source_id
FROM statement
WHERE authority_code = $authority_code
ORDER BY made_on DESC, statement_id ASC
