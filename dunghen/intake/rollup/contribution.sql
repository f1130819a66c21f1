-- What dossiers add to the sums that every published number is made of. Reads the relation `weighted`: the
-- columns of dossiers.parquet and a weight, 1 for a dossier that comes in and -1 for one that goes; and the
-- table `calendar`. Makes the tables event, item_event, item_due and item_duration. All of it is additive:
-- the sums of a store are the sums of its parts.
DROP TYPE IF EXISTS OUTCOME;

-- noqa: disable=capitalisation.types
-- (the linter takes the parameters of a macro for types)
CREATE TYPE OUTCOME AS ENUM(
    'received_untold', 'received_online', 'received_in_person', 'received_postal',
    'early', 'on_due_date', 'late', 'undated_resolved', 'withdrawn', 'returned',
    'newly_registered', 'not_accepted', 'fell_overdue'
);

CREATE OR REPLACE TEMP MACRO outcome(name) AS name::OUTCOME;

CREATE OR REPLACE TEMP MACRO month_of(moment) AS date_trunc('month', moment)::DATE;

-- A dossier whose field, procedure or channel is not told stands under 'unknown'.
CREATE OR REPLACE TEMP VIEW told AS
SELECT
    authority_code,
    coalesce(field, 'unknown') AS field,
    coalesce(procedure_code, 'unknown') AS procedure_code,
    coalesce(channel, 'unknown') AS channel,
    status,
    received_at,
    original_due_at,
    due_at,
    finished_at,
    supplements,
    extended,
    weight,
    status NOT IN (1, 3) AS is_accepted,
    status IN (2, 4, 5, 6) AS is_open,
    status IN (9, 10) AS is_resolved,
    finished_at > due_at AS is_late,
    -- Open past its promise is overdue, but not before it was handed in.
    greatest(due_at, received_at) AS overdue_from
FROM weighted;

-- What the sums are by, with a number for it: grouping by one number is faster than by words.
CREATE OR REPLACE TEMP TABLE cell AS
WITH distinct_cell AS (
    SELECT DISTINCT
        authority_code,
        field,
        procedure_code,
        channel
    FROM told
)

SELECT
    authority_code,
    field,
    procedure_code,
    channel,
    (row_number() OVER ())::INTEGER AS cell
FROM distinct_cell;

-- What is published is by one thing at a time: a cell is a part of four items.
CREATE OR REPLACE TEMP TABLE cell_item AS
WITH part AS (
    SELECT
        cell,
        authority_code,
        unnest(['whole', 'field', 'channel', 'procedure']) AS dimension,
        unnest(['', field, channel, procedure_code]) AS item
    FROM cell
)

SELECT
    cell,
    authority_code,
    dimension,
    item,
    (dense_rank() OVER (ORDER BY authority_code, dimension, item))::INTEGER AS item_number
FROM part;

CREATE OR REPLACE TEMP TABLE item AS
SELECT DISTINCT
    item_number,
    authority_code,
    dimension,
    item
FROM cell_item;

CREATE OR REPLACE TEMP TABLE fate AS
SELECT
    cell.cell,
    told.weight,
    start.month AS received_month,
    finish.month AS closed_month,
    finish.year AS closed_year,
    -- What fell overdue and ended within one month is overdue at no end of a month.
    CASE
        WHEN told.is_accepted AND told.is_late AND month_of(told.overdue_from) < finish.month
            THEN month_of(told.overdue_from)
    END AS overdue_month,
    told.is_open,
    CASE WHEN told.due_at IS NOT NULL THEN told.overdue_from::DATE END AS due_day,
    told.due_at IS NULL AS undated,
    CASE
        WHEN told.status = 1 THEN outcome('newly_registered')
        WHEN told.status = 3 THEN outcome('not_accepted')
        WHEN told.channel = 'unknown' THEN outcome('received_untold')
        WHEN told.channel = 'online' THEN outcome('received_online')
        WHEN told.channel = 'postal' THEN outcome('received_postal')
        ELSE outcome('received_in_person')
    END AS receipt,
    CASE
        WHEN told.status = 7 THEN outcome('withdrawn')
        WHEN told.status = 8 THEN outcome('returned')
        WHEN NOT told.is_resolved THEN NULL
        WHEN told.due_at IS NULL THEN outcome('undated_resolved')
        WHEN told.is_late THEN outcome('late')
        WHEN finish.day < told.due_at::DATE THEN outcome('early')
        ELSE outcome('on_due_date')
    END AS closing,
    -- NULL where the export does not tell; the first promise is known where moved ones are
    told.is_resolved AND told.supplements > 0 AS supplemented,
    told.is_resolved AND told.extended AS extended,
    coalesce(told.is_resolved AND told.finished_at <= told.original_due_at, FALSE) AS on_time_original,
    CASE WHEN told.is_resolved THEN finish.ordinal - start.ordinal END AS processing_days,
    -- Calendar days after the promise; a day that has begun counts whole.
    CASE
        WHEN told.is_resolved AND told.is_late
            THEN ((epoch_us(told.finished_at) - epoch_us(told.due_at) + 86399999999) // 86400000000)::INTEGER
    END AS days_late
FROM told
INNER JOIN cell
    ON
    told.authority_code = cell.authority_code
    AND told.field = cell.field
    AND told.procedure_code = cell.procedure_code
    AND told.channel = cell.channel
INNER JOIN calendar AS start ON told.received_at::DATE = start.day
LEFT JOIN calendar AS finish ON told.finished_at::DATE = finish.day;

-- Authority x month x field x procedure x channel, by what happened; only weights that do not cancel out.
CREATE OR REPLACE TEMP TABLE cell_event AS
SELECT
    cell,
    received_month AS month,
    receipt AS outcome,
    undated,
    FALSE AS left_overdue,
    sum(weight)::BIGINT AS dossiers
FROM fate
GROUP BY ALL
UNION ALL
SELECT
    cell,
    closed_month,
    closing,
    undated,
    overdue_month IS NOT NULL,
    sum(weight)::BIGINT
FROM fate
WHERE closing IS NOT NULL
GROUP BY ALL
UNION ALL
SELECT
    cell,
    overdue_month,
    outcome('fell_overdue'),
    FALSE,
    FALSE,
    sum(weight)::BIGINT
FROM fate
WHERE overdue_month IS NOT NULL
GROUP BY ALL;

CREATE OR REPLACE TEMP VIEW event AS
SELECT
    cell.authority_code,
    cell_event.month,
    cell.field,
    cell.procedure_code,
    cell.channel,
    cell_event.outcome,
    cell_event.undated,
    cell_event.left_overdue,
    cell_event.dossiers
FROM cell_event
INNER JOIN cell ON cell_event.cell = cell.cell
WHERE cell_event.dossiers <> 0;

---------------------------------------------------------------------------------------------------
-- The same by one thing at a time, which is all that is published.
---------------------------------------------------------------------------------------------------

CREATE OR REPLACE TEMP MACRO tally(dossiers, condition) AS
coalesce(sum(dossiers) FILTER (WHERE condition), 0)::BIGINT;

CREATE OR REPLACE TEMP TABLE item_event AS
WITH summed AS (
    SELECT
        cell_item.item_number,
        cell_event.month,
        tally(cell_event.dossiers, cell_event.outcome = outcome('received_untold')) AS received_untold,
        tally(cell_event.dossiers, cell_event.outcome = outcome('received_online')) AS received_online,
        tally(cell_event.dossiers, cell_event.outcome = outcome('received_in_person')) AS received_in_person,
        tally(cell_event.dossiers, cell_event.outcome = outcome('received_postal')) AS received_postal,
        tally(cell_event.dossiers, cell_event.outcome = outcome('early')) AS early,
        tally(cell_event.dossiers, cell_event.outcome = outcome('on_due_date')) AS on_due_date,
        tally(cell_event.dossiers, cell_event.outcome = outcome('late')) AS late,
        tally(cell_event.dossiers, cell_event.outcome = outcome('undated_resolved')) AS undated_resolved,
        tally(cell_event.dossiers, cell_event.outcome = outcome('withdrawn')) AS withdrawn,
        tally(cell_event.dossiers, cell_event.outcome = outcome('returned')) AS returned,
        tally(cell_event.dossiers, cell_event.outcome = outcome('newly_registered')) AS newly_registered,
        tally(cell_event.dossiers, cell_event.outcome = outcome('not_accepted')) AS not_accepted,
        tally(cell_event.dossiers, cell_event.outcome = outcome('fell_overdue')) AS fell_overdue,
        tally(cell_event.dossiers, cell_event.left_overdue) AS left_overdue,
        tally(
            cell_event.dossiers, cell_event.undated AND cell_event.outcome <= outcome('received_postal')
        ) AS undated_received,
        tally(
            cell_event.dossiers,
            cell_event.undated AND cell_event.outcome BETWEEN outcome('early') AND outcome('returned')
        ) AS undated_closed
    FROM cell_event
    INNER JOIN cell_item ON cell_event.cell = cell_item.cell
    GROUP BY ALL
)

SELECT
    item.authority_code,
    item.dimension,
    item.item,
    summed.* EXCLUDE (item_number)
FROM summed
INNER JOIN item ON summed.item_number = item.item_number;

-- What is told of the resolved ones of a whole office, in no breakdown.
CREATE OR REPLACE TEMP TABLE whole_event AS
WITH summed AS (
    SELECT
        cell_item.item_number,
        fate.closed_month AS month,
        fate.closing,
        fate.supplemented,
        fate.extended,
        fate.on_time_original,
        sum(fate.weight) AS dossiers
    FROM fate
    INNER JOIN cell_item ON fate.cell = cell_item.cell
    WHERE cell_item.dimension = 'whole' AND fate.closing BETWEEN outcome('early') AND outcome('late')
    GROUP BY ALL
)

SELECT
    item.authority_code,
    summed.month,
    tally(summed.dossiers, summed.supplemented IS NULL) AS supplements_untold,
    tally(summed.dossiers, summed.extended IS NULL) AS moves_untold,
    tally(summed.dossiers, summed.supplemented) AS supplemented,
    tally(summed.dossiers, summed.extended) AS extended,
    tally(summed.dossiers, NOT summed.supplemented AND NOT summed.extended) AS plain_resolved,
    tally(
        summed.dossiers,
        NOT summed.supplemented AND NOT summed.extended AND summed.closing < outcome('late')
    ) AS plain_on_time,
    tally(summed.dossiers, summed.on_time_original) AS on_time_original
FROM summed
INNER JOIN item ON summed.item_number = item.item_number
GROUP BY item.authority_code, summed.month;

-- Open ones by the day from which they are overdue; NULL without a promise.
CREATE OR REPLACE TEMP TABLE item_due AS
SELECT
    cell_item.authority_code,
    cell_item.dimension,
    cell_item.item,
    fate.due_day,
    sum(fate.weight)::BIGINT AS dossiers
FROM fate
INNER JOIN cell_item ON fate.cell = cell_item.cell
WHERE fate.is_open
GROUP BY ALL;

-- How long it took: the whole office by month, a field and a procedure by year.
CREATE OR REPLACE TEMP TABLE item_duration AS
WITH lasted AS (
    SELECT
        cell,
        closed_month,
        closed_year,
        'processing_days' AS kind,
        processing_days AS value,
        weight
    FROM fate
    WHERE processing_days IS NOT NULL
    UNION ALL
    SELECT
        cell,
        closed_month,
        closed_year,
        'days_late',
        days_late,
        weight
    FROM fate
    WHERE days_late IS NOT NULL
),

summed AS (
    SELECT
        cell_item.item_number,
        lasted.kind,
        CASE cell_item.dimension WHEN 'whole' THEN lasted.closed_month ELSE lasted.closed_year END AS period,
        lasted.value,
        sum(lasted.weight)::BIGINT AS dossiers
    FROM lasted
    INNER JOIN cell_item ON lasted.cell = cell_item.cell
    WHERE cell_item.dimension <> 'channel'
    GROUP BY ALL
)

SELECT
    item.authority_code,
    item.dimension,
    item.item,
    summed.* EXCLUDE (item_number)
FROM summed
INNER JOIN item ON summed.item_number = item.item_number
WHERE summed.dossiers <> 0;
