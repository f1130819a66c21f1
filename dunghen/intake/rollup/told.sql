-- What an export has no column for, an earlier one may have told: a value stays until a newer export tells
-- another. Reads two relations of dossiers with `import_order`: those that stand, one row a dossier, and all.
-- The linter reads neither the parameters of macros nor tables named by them.
-- noqa: disable=all

-- Of each standing dossier that lacks something, the newest that older exports say of it.
CREATE OR REPLACE TEMP MACRO told_before(standing, every) AS TABLE
SELECT
    silent.dossier_key,
    arg_max({'code': older.procedure_code, 'field': older.field}, older.import_order)
        FILTER (older.procedure_code IS NOT NULL) AS procedure,
    arg_max(older.field, older.import_order) AS field,
    arg_max(older.channel, older.import_order) AS channel,
    -- that there was no request so far is not that there was none in the end
    arg_max({'number': older.supplements, 'is_sure': older.supplements > 0 OR older.status IN (7, 8, 9, 10)}, older.import_order)
        FILTER (older.supplements IS NOT NULL) AS supplements,
    -- nor is that the promise was not moved so far
    arg_max({'extended': older.extended, 'original': older.original_due_at, 'due': older.due_at, 'is_sure': older.extended OR older.status IN (7, 8, 9, 10)}, older.import_order)
        FILTER (older.extended IS NOT NULL) AS moves
FROM query_table(standing) AS silent
INNER JOIN query_table(every) AS older
    ON
    silent.dossier_key = older.dossier_key
    AND silent.import_order > older.import_order
    AND (
        silent.procedure_code IS NULL AND coalesce(older.procedure_code, older.field) IS NOT NULL
        OR silent.channel IS NULL AND older.channel IS NOT NULL
        OR silent.supplements IS NULL AND older.supplements IS NOT NULL
        OR silent.extended IS NULL AND older.extended IS NOT NULL
    )
GROUP BY silent.dossier_key;

-- The standing dossiers with what was told before. A procedure is of the field that is told last, or another
-- one now, nobody knows which. A promise that was moved is known by either of its ends: the
-- newer export may tell the first one or the one in force. One that nobody moved before and is another one now
-- was moved since, nobody knows when.
CREATE OR REPLACE TEMP MACRO as_told(standing, before) AS TABLE
SELECT
    stands.authority_code,
    CASE
        WHEN
            stands.procedure_code IS NULL
            AND coalesce(coalesce(stands.field, told.field) = told.procedure.field, TRUE)
            THEN told.procedure.code
        ELSE stands.procedure_code
    END AS procedure_code,
    if(stands.procedure_code IS NULL, coalesce(stands.field, told.field), stands.field) AS field,
    coalesce(stands.channel, told.channel) AS channel,
    stands.status,
    stands.received_at,
    if(
        stands.extended IS NULL AND told.moves.extended AND stands.due_at IS NOT NULL,
        told.moves.original,
        stands.original_due_at
    ) AS original_due_at,
    if(
        stands.extended IS NULL AND told.moves.extended AND stands.due_at = told.moves.original,
        told.moves.due,
        stands.due_at
    ) AS due_at,
    stands.finished_at,
    coalesce(
        stands.supplements, if(told.supplements.is_sure, told.supplements.number, NULL)
    )::USMALLINT AS supplements,
    coalesce(
        stands.extended,
        if(
            told.moves.extended
            OR told.moves.is_sure AND stands.due_at IS NOT DISTINCT FROM told.moves.due,
            told.moves.extended,
            NULL
        )
    ) AS extended
FROM query_table(standing) AS stands
LEFT JOIN query_table(before) AS told ON stands.dossier_key = told.dossier_key;
