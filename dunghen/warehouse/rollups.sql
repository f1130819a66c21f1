-- Loads one folder of public roll-ups (variables: folder, is_sample). The sample steps back where a store
-- holds dossiers of an imaginary authority already.
SET VARIABLE wanted = (
    SELECT
        NOT getvariable('is_sample')
        OR count(*) = 0
    FROM flow
    INNER JOIN authority ON flow.authority_code = authority.authority_code
    WHERE authority.illustrative
);

CREATE TEMP TABLE speaking AS
WITH named AS (
    SELECT
        authority_code,
        source_id
    FROM read_parquet(getvariable('folder') || '/dossier_source.parquet')
),

-- An area whose offices share one source has that source too.
shared AS (
    SELECT
        if(count(DISTINCT source_id) = 1 AND count(source_id) = count(*), min(source_id), NULL)
            AS source_id
    FROM named
),

known AS (
    SELECT
        authority_code,
        max(last_day) AS last_day
    FROM read_parquet(getvariable('folder') || '/flow.parquet')
    WHERE getvariable('wanted')
    GROUP BY authority_code
)

SELECT
    known.authority_code,
    known.last_day,
    coalesce(named.source_id, shared.source_id) AS source_id
FROM known
LEFT JOIN named ON known.authority_code = named.authority_code
CROSS JOIN shared;

INSERT INTO source BY NAME
SELECT
    'ho-so-' || speaking.authority_code AS source_id,
    'Hồ sơ thủ tục hành chính của ' || authority.authority_name AS title,
    authority.authority_name AS publisher,
    if(authority.illustrative, 'illustrative', 'office') AS source_kind,
    'computed' AS verification,
    speaking.last_day::VARCHAR AS observed_at
FROM speaking
INNER JOIN authority ON speaking.authority_code = authority.authority_code
WHERE speaking.source_id IS NULL;

INSERT INTO dossier_source BY NAME
SELECT
    authority_code,
    coalesce(source_id, 'ho-so-' || authority_code) AS source_id
FROM speaking;

DROP TABLE speaking;

INSERT INTO flow BY NAME
FROM read_parquet(getvariable('folder') || '/flow.parquet')
WHERE getvariable('wanted');

INSERT INTO stock BY NAME
FROM read_parquet(getvariable('folder') || '/stock.parquet')
WHERE getvariable('wanted');

INSERT INTO breakdown BY NAME
FROM read_parquet(getvariable('folder') || '/breakdown.parquet')
WHERE getvariable('wanted');

INSERT INTO distribution BY NAME
FROM read_parquet(getvariable('folder') || '/distribution.parquet')
WHERE getvariable('wanted');

INSERT INTO overdue_age BY NAME
FROM read_parquet(getvariable('folder') || '/overdue_age.parquet')
WHERE getvariable('wanted');

INSERT INTO intake BY NAME
SELECT
    import_id,
    getvariable('is_sample') AS illustrative,
    record,
    as_of,
    mapping,
    rows_read,
    rows_loaded,
    rows_quarantined,
    rows_repeated,
    rows_replaced
FROM read_parquet(getvariable('folder') || '/intake.parquet')
WHERE getvariable('wanted');

INSERT INTO quarantine_reason BY NAME
SELECT
    import_id,
    getvariable('is_sample') AS illustrative,
    reason,
    column_name,
    rows
FROM read_parquet(getvariable('folder') || '/quarantine_reason.parquet')
WHERE getvariable('wanted');
