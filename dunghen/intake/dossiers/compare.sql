-- What this import changes in what the earlier ones said of the same dossiers.
WITH mine AS (
    SELECT
        dossier_key,
        content(
            authority_code, procedure_code, field, channel, status, received_at, original_due_at, due_at,
            finished_at, supplements, extended
        ) AS content
    FROM dossier_row
    WHERE fault IS NULL
),

earlier AS (
    SELECT
        said.dossier_key,
        content(
            said.authority_code, said.procedure_code, said.field, said.channel, said.status, said.received_at,
            said.original_due_at, said.due_at, said.finished_at, said.supplements, said.extended
        ) AS content,
        earlier_import.turn,
        earlier_import.as_of
    FROM read_parquet(getvariable('earlier_files'), filename = 'place') AS said
    INNER JOIN earlier_import ON said.place = earlier_import.place
    SEMI JOIN mine ON said.dossier_key = mine.dossier_key
),

winner AS (
    SELECT
        dossier_key,
        arg_max(content, turn) AS content,
        max(as_of) AS as_of
    FROM earlier
    GROUP BY dossier_key
)

SELECT
    count(*) FILTER (WHERE mine.content = winner.content) AS repeated,
    count(*) FILTER (WHERE mine.content != winner.content AND winner.as_of <= $as_of) AS replaced,
    count(*) FILTER (WHERE mine.content != winner.content AND winner.as_of > $as_of) AS older
FROM mine
INNER JOIN winner ON mine.dossier_key = winner.dossier_key;
