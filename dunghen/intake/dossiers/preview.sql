-- The first rows as they are understood; nothing in them names a dossier.
SELECT
    authority_code,
    procedure_code,
    field,
    channel,
    status,
    received_at,
    due_at,
    finished_at,
    supplements
FROM dossier_row
WHERE fault IS NULL
ORDER BY rowid
LIMIT 5
