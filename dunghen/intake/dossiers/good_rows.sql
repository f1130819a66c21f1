-- What the store keeps of an import: the rows without a fault, without the number of their table.
SELECT
    dossier_key,
    authority_code,
    procedure_code,
    field,
    channel,
    status,
    received_at,
    original_due_at,
    due_at,
    finished_at,
    supplements,
    extended
FROM dossier_row
WHERE fault IS NULL
