-- Who signed stands below the words for it: rows that are nothing but words, up to the next row that is more.
CREATE TEMP TABLE below_signature AS
WITH aside AS (
    SELECT
        part,
        dossier_row.rowid AS place,
        coalesce(fault = 'signature', FALSE) AS is_signature
    FROM dossier_row
    WHERE is_words OR fault IN ('signature', 'blank')
),

numbered AS (
    SELECT
        *,
        place - row_number() OVER (ORDER BY place) AS run
    FROM aside
)

SELECT
    place,
    bool_or(is_signature) OVER (PARTITION BY part, run ORDER BY place) AS is_below
FROM numbered;

UPDATE dossier_row SET fault = 'signature'
FROM below_signature
WHERE dossier_row.rowid = below_signature.place AND below_signature.is_below AND dossier_row.is_words;

DROP TABLE below_signature;

-- Rows of one number in one import: those that say the same count once, different versions not at all. Only
-- what both tell is compared: what a sheet has no column for it does not contradict, and the row that stays
-- has what any of them told. Where rows differ in requests for supplements only, the export tells each in a
-- row of its own: they are one dossier.
CREATE TEMP TABLE number_twice AS
SELECT dossier_key
FROM dossier_row
WHERE fault IS NULL
GROUP BY dossier_key
HAVING count(*) > 1;

-- each request of a row that has a column for them becomes one of all the rows that have
CREATE TEMP TABLE told_in_parts AS
WITH part AS (
    SELECT
        dossier_row.dossier_key,
        dossier_row.steps,
        dossier_row.supplements,
        dossier_row.extended,
        coalesce(dossier_row.promised, dossier_row.original_due_at) AS own_promise
    FROM dossier_row
    SEMI JOIN number_twice ON dossier_row.dossier_key = number_twice.dossier_key
    WHERE dossier_row.fault IS NULL AND (dossier_row.steps IS NOT NULL OR dossier_row.supplements IS NOT NULL)
),

whole AS (
    SELECT
        dossier_key,
        any_value(own_promise) AS own_promise,
        list_sort(list_distinct(flatten(list(steps) FILTER (WHERE steps IS NOT NULL)))) AS steps,
        bool_or(supplements IS NOT NULL) AS tells_supplements,
        bool_or(extended IS NOT NULL) AS tells_moves
    FROM part
    GROUP BY dossier_key
    HAVING bool_or(steps IS NOT NULL) AND agree(coalesce(own_promise, 'infinity'))
),

promised AS (
    SELECT
        *,
        coalesce(
            list_filter(steps, LAMBDA step: step.due_before IS NOT NULL)[1].due_before, own_promise
        ) AS original_due_at
    FROM whole
)

SELECT
    *,
    in_force(steps, original_due_at) AS held
FROM promised;

UPDATE dossier_row
SET
    original_due_at = told_in_parts.original_due_at,
    due_at = told_in_parts.held.promise,
    supplements = CASE WHEN told_in_parts.tells_supplements THEN len(told_in_parts.steps) END::USMALLINT,
    extended = CASE WHEN told_in_parts.tells_moves THEN told_in_parts.held.extended END
FROM told_in_parts
WHERE
    dossier_row.dossier_key = told_in_parts.dossier_key
    AND dossier_row.fault IS NULL
    AND (dossier_row.steps IS NOT NULL OR dossier_row.supplements IS NOT NULL);

DROP TABLE told_in_parts;

CREATE TEMP TABLE told_together AS
WITH said AS (
    SELECT
        dossier_row.*,
        dossier_row.rowid AS place,
        -- an undated dossier is told to have no promise
        coalesce(dossier_row.original_due_at, 'infinity') AS first_promise,
        coalesce(dossier_row.due_at, 'infinity') AS last_promise,
        CASE WHEN dossier_row.extended IS NOT NULL THEN [first_promise, last_promise] END AS promises,
        -- of moves such a row says nothing: its promise may be the one before or the one after them
        CASE WHEN dossier_row.extended IS NULL THEN last_promise END AS either_promise
    FROM dossier_row
    SEMI JOIN number_twice ON dossier_row.dossier_key = number_twice.dossier_key
    WHERE dossier_row.fault IS NULL
)

SELECT
    dossier_key,
    min(place) AS place,
    any_value(procedure_code) AS procedure_code,
    any_value(field) AS field,
    any_value(channel) AS channel,
    any_value(supplements) AS supplements,
    any_value(extended) AS extended,
    any_value(promises) AS promises,
    any_value(either_promise) AS either_promise,
    agree(authority_code)
    AND agree(procedure_code)
    AND agree(field)
    AND agree(channel)
    AND agree(status)
    AND agree(received_at)
    AND agree(finished_at)
    AND agree(supplements)
    AND agree(promises)
    AND agree(either_promise)
    AND coalesce(list_contains(any_value(promises), any_value(either_promise)), TRUE) AS is_one
FROM said
GROUP BY dossier_key;

UPDATE dossier_row
SET
    procedure_code = told_together.procedure_code,
    field = told_together.field,
    channel = told_together.channel,
    supplements = told_together.supplements,
    extended = told_together.extended,
    original_due_at = nullif(coalesce(told_together.promises[1], told_together.either_promise), 'infinity'),
    due_at = nullif(coalesce(told_together.promises[2], told_together.either_promise), 'infinity'),
    fault = CASE
        WHEN NOT told_together.is_one THEN 'two_versions dossier_number'
        WHEN dossier_row.rowid != told_together.place THEN 'repeated'
    END
FROM told_together
WHERE dossier_row.dossier_key = told_together.dossier_key AND dossier_row.fault IS NULL;

DROP TABLE told_together;

DROP TABLE number_twice;
