-- The dossiers as they stand: of each, the row of the newest import that has it, with what older ones told
-- and it does not (told.sql). Reads the variable `files`, the dossiers.parquet of all imports from the oldest
-- (by the day they speak of, then by their coming).
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

CREATE OR REPLACE TEMP VIEW standing AS
SELECT
    kept.dossier_key,
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
    kept.import_order
FROM kept
ANTI JOIN newer ON kept.dossier_key = newer.dossier_key AND kept.import_order < newer.import_order;

-- once: the view below is asked several times
CREATE OR REPLACE TEMP TABLE standing_told AS FROM told_before('standing', 'kept');

CREATE OR REPLACE TEMP VIEW weighted AS
SELECT
    *, -- noqa: ambiguous.column_count
    1 AS weight
FROM as_told('standing', 'standing_told');
