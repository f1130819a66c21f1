-- What this import changes in what the earlier ones said of the same dossiers. What says the same as the
-- newest of them is known; of the others only what both tell is compared: what an import has no column for
-- it does not change.
WITH mine AS (
    SELECT
        dossier_key,
        hash(
            authority_code, procedure_code, field, channel, status, received_at, original_due_at, due_at,
            finished_at, supplements, extended
        ) AS content
    FROM dossier_row
    WHERE fault IS NULL
),

newest AS (
    SELECT
        said.dossier_key,
        arg_max(
            hash(
                said.authority_code, said.procedure_code, said.field, said.channel, said.status,
                said.received_at, said.original_due_at, said.due_at, said.finished_at, said.supplements,
                said.extended
            ),
            earlier_import.turn
        ) AS content,
        max(earlier_import.as_of) AS as_of
    FROM read_parquet(getvariable('earlier_files'), filename = 'place') AS said
    INNER JOIN earlier_import ON said.place = earlier_import.place
    SEMI JOIN mine ON said.dossier_key = mine.dossier_key
    GROUP BY said.dossier_key
),

met AS (
    SELECT
        mine.dossier_key,
        mine.content = newest.content AS is_same,
        newest.as_of
    FROM mine
    INNER JOIN newest ON mine.dossier_key = newest.dossier_key
),

differing AS (
    SELECT
        dossier_key,
        as_of
    FROM met
    WHERE NOT is_same
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
        coalesce(said.original_due_at, 'infinity') AS first_promise,
        coalesce(said.due_at, 'infinity') AS last_promise,
        earlier_import.turn
    FROM read_parquet(getvariable('earlier_files'), filename = 'place') AS said
    INNER JOIN earlier_import ON said.place = earlier_import.place
    SEMI JOIN differing ON said.dossier_key = differing.dossier_key
),

-- A row that knows no moves tells the first promise, the one in force, or one that is new.
known AS (
    SELECT
        dossier_key,
        arg_max(state, turn) AS state,
        arg_max(procedure_code, turn) AS procedure_code,
        arg_max(field, turn) AS field,
        arg_max(channel, turn) AS channel,
        arg_max(supplements, turn) AS supplements,
        arg_max(extended, turn) AS extended,
        arg_max(first_promise, turn) FILTER (extended IS NOT NULL) AS moved_from,
        arg_max(last_promise, turn) FILTER (extended IS NOT NULL) AS moved_to,
        arg_max(last_promise, turn) AS told_last,
        if(told_last = moved_from, moved_to, told_last) AS in_force
    FROM earlier
    GROUP BY dossier_key
),

told AS (
    SELECT
        dossier_row.dossier_key,
        hash(authority_code, status, received_at, finished_at) AS state,
        procedure_code,
        field,
        channel,
        supplements,
        extended,
        coalesce(original_due_at, 'infinity') AS first_promise,
        coalesce(due_at, 'infinity') AS last_promise,
        differing.as_of
    FROM dossier_row
    INNER JOIN differing ON dossier_row.dossier_key = differing.dossier_key
    WHERE fault IS NULL
),

compared AS (
    SELECT
        as_of,
        FALSE AS is_other
    FROM met
    WHERE is_same
    UNION ALL
    SELECT
        told.as_of,
        told.state != known.state
        OR is_news(told.procedure_code, known.procedure_code)
        OR is_news(told.field, known.field)
        OR is_news(told.channel, known.channel)
        OR is_news(told.supplements, known.supplements)
        OR is_news(told.extended, known.extended)
        OR CASE
            WHEN told.extended IS NULL AND told.last_promise = known.moved_from
                THEN known.moved_to != known.in_force
            WHEN told.extended IS NULL THEN told.last_promise != known.in_force
            ELSE told.first_promise != known.moved_from OR told.last_promise != known.in_force
        END AS is_other
    FROM told
    INNER JOIN known ON told.dossier_key = known.dossier_key
)

SELECT
    count(*) FILTER (WHERE NOT is_other) AS repeated,
    count(*) FILTER (WHERE is_other AND as_of <= $as_of) AS replaced,
    count(*) FILTER (WHERE is_other AND as_of > $as_of) AS older
FROM compared;
