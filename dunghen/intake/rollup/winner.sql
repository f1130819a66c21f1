-- The dossiers as they stand: of each, the row of the newest import that has it. Reads the variable `files`,
-- the dossiers.parquet of all imports from the oldest (by the day they speak of, then by their coming).
CREATE OR REPLACE TEMP VIEW kept AS
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
    extended,
    file_index AS import_order
FROM read_parquet(getvariable('files'));

CREATE OR REPLACE TEMP VIEW newer AS
SELECT
    dossier_key,
    import_order
FROM kept
WHERE import_order > 0;

CREATE OR REPLACE TEMP VIEW weighted AS
SELECT
    kept.authority_code,
    kept.procedure_code,
    kept.field,
    kept.channel,
    kept.status,
    kept.received_at,
    kept.original_due_at,
    kept.due_at,
    kept.finished_at,
    kept.supplements,
    kept.extended,
    1 AS weight
FROM kept
ANTI JOIN newer ON kept.dossier_key = newer.dossier_key AND kept.import_order < newer.import_order;
