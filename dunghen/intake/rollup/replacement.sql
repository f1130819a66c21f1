-- What changes from one set of imports to another: the dossiers of the imports that only one of them has, as
-- they stand with the other set (weight 1) and as they stood with the one before (weight -1).
-- Reads the variables `files` (of both sets, from the oldest), `changed_files` (of one of them only),
-- `is_now` and `was_before` (a BOOLEAN for each file: whether the one set and the other have it).
CREATE OR REPLACE TEMP TABLE touched AS
WITH kept AS (
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
        file_index AS import_order,
        getvariable('is_now')[file_index::BIGINT + 1] AS is_now,
        getvariable('was_before')[file_index::BIGINT + 1] AS was_before
    FROM read_parquet(getvariable('files'))
),

-- read apart, so that only one column of the many is read twice
changed AS (
    SELECT DISTINCT dossier_key
    FROM read_parquet(getvariable('changed_files'))
)

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
    kept.import_order,
    kept.is_now,
    kept.was_before
FROM kept
SEMI JOIN changed ON kept.dossier_key = changed.dossier_key;

-- As they are told by the one set of imports and by the other.
CREATE OR REPLACE TEMP VIEW every_now AS
SELECT * EXCLUDE (is_now, was_before) -- noqa: ambiguous.column_count
FROM touched
WHERE is_now;

CREATE OR REPLACE TEMP VIEW every_before AS
SELECT * EXCLUDE (is_now, was_before) -- noqa: ambiguous.column_count
FROM touched
WHERE was_before;

CREATE OR REPLACE TEMP VIEW standing_now AS
SELECT * -- noqa: ambiguous.column_count
FROM every_now
QUALIFY row_number() OVER (PARTITION BY dossier_key ORDER BY import_order DESC) = 1;

CREATE OR REPLACE TEMP VIEW standing_before AS
SELECT * -- noqa: ambiguous.column_count
FROM every_before
QUALIFY row_number() OVER (PARTITION BY dossier_key ORDER BY import_order DESC) = 1;

CREATE OR REPLACE TEMP TABLE told_now AS FROM told_before('standing_now', 'every_now');

CREATE OR REPLACE TEMP TABLE told_then AS FROM told_before('standing_before', 'every_before');

CREATE OR REPLACE TEMP VIEW weighted AS
SELECT
    *, -- noqa: ambiguous.column_count
    1 AS weight
FROM as_told('standing_now', 'told_now')
UNION ALL
SELECT
    *, -- noqa: ambiguous.column_count
    -1 AS weight
FROM as_told('standing_before', 'told_then');
