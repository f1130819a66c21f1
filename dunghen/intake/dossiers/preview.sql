-- The first rows as they are understood; nothing in them names a dossier.
SELECT
    dossier_row.authority_code,
    authority.authority_name,
    dossier_row.procedure_code,
    coalesce(field.field_name_vi, dossier_row.field) AS field_vi,
    coalesce(field.field_name_en, dossier_row.field) AS field_en,
    dossier_row.channel,
    dossier_row.status,
    dossier_row.received_at,
    dossier_row.due_at,
    dossier_row.finished_at,
    dossier_row.supplements
FROM dossier_row
LEFT JOIN reference.authority ON dossier_row.authority_code = authority.authority_code
LEFT JOIN reference.field ON dossier_row.field = field.field
WHERE dossier_row.fault IS NULL
ORDER BY dossier_row.rowid
LIMIT 5
