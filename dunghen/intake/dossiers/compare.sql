-- What this import changes in what the earlier ones said of the same dossiers. Only what both tell is
-- compared: what an import has no column for it does not change.
WITH mine AS (
    SELECT
        dossier_key,
        hash(authority_code, status, received_at, finished_at) AS state,
        procedure_code,
        field,
        channel,
        supplements,
        extended,
        [coalesce(original_due_at, 'infinity'), coalesce(due_at, 'infinity')] AS promises
    FROM dossier_row
    WHERE fault IS NULL
),

earlier AS (
    SELECT
        said.dossier_key,
        hash(said.authority_code, said.status, said.received_at, said.finished_at) AS state,
        said.procedure_code,
        said.field,
        said.channel,
        said.supplements,
        said.extended,
        [coalesce(said.original_due_at, 'infinity'), coalesce(said.due_at, 'infinity')] AS promises,
        earlier_import.turn,
        earlier_import.as_of
    FROM read_parquet(getvariable('earlier_files'), filename = 'place') AS said
    INNER JOIN earlier_import ON said.place = earlier_import.place
    SEMI JOIN mine ON said.dossier_key = mine.dossier_key
),

known AS (
    SELECT
        dossier_key,
        arg_max(state, turn) AS state,
        arg_max(procedure_code, turn) AS procedure_code,
        arg_max(field, turn) AS field,
        arg_max(channel, turn) AS channel,
        arg_max(supplements, turn) AS supplements,
        arg_max(extended, turn) AS extended,
        coalesce(arg_max(promises, turn) FILTER (extended IS NOT NULL), arg_max(promises, turn)) AS promises,
        max(as_of) AS as_of
    FROM earlier
    GROUP BY dossier_key
),

compared AS (
    SELECT
        known.as_of,
        mine.state != known.state
        OR is_news(mine.procedure_code, known.procedure_code)
        OR is_news(mine.field, known.field)
        OR is_news(mine.channel, known.channel)
        OR is_news(mine.supplements, known.supplements)
        OR is_news(mine.extended, known.extended)
        OR CASE
            WHEN mine.extended IS NULL THEN NOT list_contains(known.promises, mine.promises[2])
            ELSE mine.promises != known.promises
        END AS is_other
    FROM mine
    INNER JOIN known ON mine.dossier_key = known.dossier_key
)

SELECT
    count(*) FILTER (WHERE NOT is_other) AS repeated,
    count(*) FILTER (WHERE is_other AND as_of <= $as_of) AS replaced,
    count(*) FILTER (WHERE is_other AND as_of > $as_of) AS older
FROM compared;
