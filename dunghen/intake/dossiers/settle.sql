-- Rows of one number in one import: exact repeats count once, different versions not at all. Where they
-- differ in requests for supplements only, the export tells each in a row of its own: they are one dossier.
CREATE TEMP TABLE number_twice AS
SELECT dossier_key
FROM dossier_row
WHERE fault IS NULL
GROUP BY dossier_key
HAVING count(*) > 1;

CREATE TEMP TABLE told_in_parts AS
WITH part AS (
    SELECT
        dossier_row.*,
        dossier_row.rowid AS place,
        coalesce(promised, original_due_at) AS own_promise,
        hash(
            authority_code, procedure_code, field, coalesce(channel, 'in_person'), status, received_at,
            own_promise, finished_at
        ) AS others
    FROM dossier_row
    SEMI JOIN number_twice ON dossier_row.dossier_key = number_twice.dossier_key
    WHERE fault IS NULL
),

whole AS (
    SELECT
        dossier_key,
        min(place) AS place,
        any_value(own_promise) AS own_promise,
        list_sort(list_distinct(flatten(list(steps) FILTER (WHERE steps IS NOT NULL)))) AS steps,
        bool_or(supplements IS NOT NULL) AS tells_supplements,
        bool_or(extended IS NOT NULL) AS tells_moves
    FROM part
    GROUP BY dossier_key
    HAVING
        bool_or(steps IS NOT NULL)
        AND min(others) = max(others)
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
    extended = CASE WHEN told_in_parts.tells_moves THEN told_in_parts.held.extended END,
    fault = CASE WHEN dossier_row.rowid != told_in_parts.place THEN 'repeated' END
FROM told_in_parts
WHERE dossier_row.dossier_key = told_in_parts.dossier_key AND dossier_row.fault IS NULL;

DROP TABLE told_in_parts;

-- a sheet without a column for requests or channels does not contradict one that leaves its cell empty
CREATE TEMP TABLE said_twice AS
SELECT
    dossier_row.rowid AS place,
    dossier_row.dossier_key,
    content(
        authority_code, procedure_code, field, coalesce(channel, 'in_person'), status, received_at,
        original_due_at, due_at,
        finished_at, coalesce(supplements, 0), coalesce(extended, FALSE)
    ) AS content
FROM dossier_row
SEMI JOIN number_twice ON dossier_row.dossier_key = number_twice.dossier_key
WHERE fault IS NULL;

UPDATE dossier_row
SET fault = CASE WHEN judged.differs THEN 'two_versions dossier_number' ELSE 'repeated' END
FROM (
    SELECT
        place,
        min(content) OVER one_number != max(content) OVER one_number AS differs,
        place != min(place) OVER one_number AS is_repeat
    FROM said_twice
    WINDOW one_number AS (PARTITION BY dossier_key)
) AS judged
WHERE dossier_row.rowid = judged.place AND (judged.differs OR judged.is_repeat);

DROP TABLE said_twice;

DROP TABLE number_twice;
