-- What is published of the roll-ups, before small numbers are hidden. Reads what rollup.sql made.

-- noqa: disable=capitalisation.types
-- (the linter takes the parameters of a macro for types)
-- A count of the dossiers of a month: not known if the export of one of them has no column for it, 0 where
-- there was none.
CREATE OR REPLACE TEMP MACRO if_told(is_told, dossiers) AS
CASE WHEN coalesce(is_told, TRUE) THEN coalesce(dossiers, 0) END;
-- noqa: enable=capitalisation.types

CREATE OR REPLACE TEMP TABLE flow AS
WITH told AS (
    SELECT
        member.authority_code,
        member.coverage,
        whole_event.month,
        sum(whole_event.supplements_untold) = 0 AS tells_supplements,
        sum(whole_event.moves_untold) = 0 AS tells_moves,
        sum(whole_event.supplemented)::BIGINT AS supplemented,
        sum(whole_event.extended)::BIGINT AS extended,
        sum(whole_event.plain_resolved)::BIGINT AS plain_resolved,
        sum(whole_event.plain_on_time)::BIGINT AS plain_on_time,
        sum(whole_event.on_time_original)::BIGINT AS on_time_original
    FROM whole_event
    INNER JOIN member ON whole_event.authority_code = member.member_code
    GROUP BY ALL
)

SELECT
    result.authority_code,
    result.coverage,
    result.period AS month,
    period.last_day,
    result.received,
    if_told(result.received_untold = 0, result.received_online) AS received_online,
    if_told(result.received_untold = 0, result.received_in_person) AS received_in_person,
    if_told(result.received_untold = 0, result.received_postal) AS received_postal,
    result.early,
    result.on_due_date,
    result.late,
    result.withdrawn,
    result.returned,
    result.undated_resolved,
    result.not_accepted,
    result.newly_registered,
    if_told(told.tells_supplements, told.supplemented) AS supplemented,
    if_told(told.tells_moves, told.extended) AS extended,
    if_told(told.tells_supplements AND told.tells_moves, told.plain_resolved) AS plain_resolved,
    if_told(told.tells_supplements AND told.tells_moves, told.plain_on_time) AS plain_on_time,
    if_told(told.tells_moves, told.on_time_original) AS on_time_original
FROM result
INNER JOIN period
    ON
    result.authority_code = period.authority_code
    AND result.coverage = period.coverage
    AND result.period_kind = period.period_kind
    AND result.period = period.period
LEFT JOIN told
    ON
    result.authority_code = told.authority_code
    AND result.coverage = told.coverage
    AND result.period = told.month
WHERE result.dimension = 'whole' AND result.period_kind = 'month';

CREATE OR REPLACE TEMP TABLE stock AS
SELECT
    result.authority_code,
    result.coverage,
    result.period AS month,
    period.last_day,
    result.carried_over,
    result.in_progress,
    result.overdue,
    result.undated_open
FROM result
INNER JOIN period
    ON
    result.authority_code = period.authority_code
    AND result.coverage = period.coverage
    AND result.period_kind = period.period_kind
    AND result.period = period.period
WHERE result.dimension = 'whole' AND result.period_kind = 'month';

---------------------------------------------------------------------------------------------------
-- How long it took
---------------------------------------------------------------------------------------------------

-- Everything that has a distribution, with a number for it: sorting by numbers is faster than by words.
CREATE OR REPLACE TEMP TABLE timed AS
WITH part AS (
    SELECT DISTINCT
        authority_code,
        dimension,
        item
    FROM item_duration
)

SELECT
    member.authority_code,
    member.coverage,
    member.member_code,
    part.dimension,
    part.item,
    dense_rank() OVER (ORDER BY member.authority_code, member.coverage, part.dimension, part.item)::INTEGER
        AS timed_number
FROM part
INNER JOIN member ON part.authority_code = member.member_code;

CREATE OR REPLACE TEMP VIEW named AS
SELECT DISTINCT
    timed_number,
    authority_code,
    coverage,
    dimension,
    item
FROM timed;

-- The sums that make up a period: the months of a whole office, the year of a field or procedure. That year
-- is only used whole: if the authority's validity or its area's last day cuts it, then its sums hold
-- dossiers that are not of the period.
CREATE OR REPLACE TEMP TABLE timed_period AS
SELECT
    span.authority_code,
    span.coverage,
    shorter.period_kind = 'month' AS is_whole,
    shorter.period AS part,
    longer.period_kind,
    longer.period
FROM span
INNER JOIN period AS shorter
    ON span.authority_code = shorter.authority_code AND span.coverage = shorter.coverage
INNER JOIN period AS longer
    ON
    span.authority_code = longer.authority_code
    AND span.coverage = longer.coverage
    AND longer.period = first_of(longer.period_kind, shorter.period)
WHERE
    shorter.period_kind = 'month'
    OR (
        shorter.period_kind = 'year' AND longer.period_kind = 'year'
        AND coalesce(span.cut_month <= longer.period, TRUE)
        AND (span.is_all OR span.last_day >= last_of('year', longer.period))
    );

CREATE OR REPLACE TEMP TABLE lasted AS
SELECT
    timed.timed_number,
    timed_period.period_kind,
    timed_period.period,
    item_duration.kind,
    item_duration.value,
    sum(item_duration.dossiers)::BIGINT AS dossiers
FROM item_duration
INNER JOIN timed
    ON
    item_duration.authority_code = timed.member_code
    AND item_duration.dimension = timed.dimension
    AND item_duration.item = timed.item
INNER JOIN timed_period
    ON
    timed.authority_code = timed_period.authority_code
    AND timed.coverage = timed_period.coverage
    AND item_duration.period = timed_period.part
    AND (timed.dimension = 'whole') = timed_period.is_whole
GROUP BY ALL
HAVING sum(item_duration.dossiers) <> 0;

CREATE OR REPLACE TEMP TABLE distribution_source AS
WITH counted AS (
    SELECT
        * EXCLUDE (dossiers),
        sum(dossiers) OVER up_to_value AS so_far,
        sum(dossiers) OVER (PARTITION BY timed_number, period_kind, period, kind) AS dossiers
    FROM lasted
    WINDOW up_to_value AS (PARTITION BY timed_number, period_kind, period, kind ORDER BY value)
),

ranked AS (
    SELECT
        timed_number,
        period_kind,
        period,
        kind,
        dossiers::BIGINT AS dossiers,
        -- nearest-rank: the value at place ceil(share x dossiers)
        min(value) FILTER (WHERE 2 * so_far >= dossiers) AS median,
        min(value) FILTER (WHERE 10 * so_far >= 9 * dossiers) AS p90
    FROM counted
    -- fewer, and the percentile is the longest of all
    WHERE dossiers >= 20
    GROUP BY ALL
)

SELECT
    named.authority_code,
    named.coverage,
    ranked.period_kind,
    period.first_day,
    period.last_day,
    named.dimension,
    named.item,
    ranked.kind,
    ranked.dossiers,
    ranked.median,
    ranked.p90
FROM ranked
INNER JOIN named ON ranked.timed_number = named.timed_number
INNER JOIN period
    ON
    named.authority_code = period.authority_code
    AND named.coverage = period.coverage
    AND ranked.period_kind = period.period_kind
    AND ranked.period = period.period;

---------------------------------------------------------------------------------------------------
-- Breakdowns: of fields and channels by month, quarter and year, of procedures and days late by year; only of
-- periods that are over. Two snapshots in a row would else tell what came in between.
---------------------------------------------------------------------------------------------------

CREATE OR REPLACE TEMP MACRO lateness(DAYS) AS CASE
    WHEN days <= 1 THEN '1'
    WHEN days <= 3 THEN '2-3'
    WHEN days <= 7 THEN '4-7'
    WHEN days <= 15 THEN '8-15'
    WHEN days <= 30 THEN '16-30'
    WHEN days <= 90 THEN '31-90'
    ELSE '90+'
END;

-- Told apart by channel only where the channel of all that was open, came or went is told.
CREATE OR REPLACE TEMP VIEW channel_untold AS
SELECT
    authority_code,
    coverage,
    period_kind,
    period
FROM result
WHERE
    dimension = 'channel' AND item = 'unknown'
    AND (
        carried_over <> 0 OR received <> 0
        OR in_progress <> 0 OR overdue <> 0 OR undated_open <> 0
    );

CREATE OR REPLACE TEMP TABLE breakdown_source AS
SELECT -- noqa: ambiguous.set_columns
    result.authority_code,
    result.coverage,
    result.period_kind,
    period.first_day,
    period.last_day,
    result.dimension,
    result.item,
    result.carried_over,
    result.received_online,
    result.received - result.received_online AS received_offline,
    -- for the hiding of small numbers they are what is not online; hidden.sql takes both out of the table
    result.received_untold > 0 AS is_channel_untold,
    result.received,
    result.early,
    result.on_due_date,
    result.early + result.on_due_date AS on_time,
    result.late,
    result.early + result.on_due_date + result.late AS resolved,
    result.in_progress,
    result.overdue,
    result.in_progress + result.overdue AS open_total,
    NULL::BIGINT AS dossiers,
    result.withdrawn + result.returned + result.undated_resolved AS closed_otherwise,
    result.undated_open
FROM result
INNER JOIN period
    ON
    result.authority_code = period.authority_code
    AND result.coverage = period.coverage
    AND result.period_kind = period.period_kind
    AND result.period = period.period
WHERE
    result.dimension <> 'whole'
    AND (
        result.dimension <> 'channel'
        OR (result.authority_code, result.coverage, result.period_kind, result.period)
        NOT IN (FROM channel_untold)
    )
    AND (result.dimension <> 'procedure' OR result.period_kind = 'year')
    AND period.last_day = last_of(result.period_kind, result.period)
    AND (
        result.carried_over <> 0 OR result.received <> 0
        OR result.in_progress <> 0 OR result.overdue <> 0 OR result.undated_open <> 0
    )
UNION ALL BY NAME
SELECT
    named.authority_code,
    named.coverage,
    lasted.period_kind,
    period.first_day,
    period.last_day,
    'days_late' AS dimension,
    lateness(lasted.value) AS item,
    sum(lasted.dossiers)::BIGINT AS dossiers
FROM lasted
INNER JOIN named ON lasted.timed_number = named.timed_number
INNER JOIN period
    ON
    named.authority_code = period.authority_code
    AND named.coverage = period.coverage
    AND lasted.period_kind = period.period_kind
    AND lasted.period = period.period
WHERE
    named.dimension = 'whole'
    AND lasted.kind = 'days_late'
    AND lasted.period_kind = 'year'
    AND period.last_day = last_of('year', lasted.period)
GROUP BY ALL;

-- An area is its own office and the areas of its children: for the hiding of small numbers.
CREATE OR REPLACE TEMP VIEW tree AS
SELECT DISTINCT
    parent.authority_code AS parent_code,
    child.authority_code AS child_code
FROM span AS child
INNER JOIN authority ON child.authority_code = authority.authority_code
INNER JOIN span AS parent ON authority.parent_code = parent.authority_code AND parent.coverage = 'area';

CREATE OR REPLACE TEMP MACRO age_class(DAYS) AS CASE
    WHEN days <= 7 THEN '1-7'
    WHEN days <= 30 THEN '8-30'
    WHEN days <= 90 THEN '31-90'
    WHEN days <= 365 THEN '91-365'
    ELSE '366+'
END;

-- How long the overdue ones have waited on the last day, and who comes next: only where all exports that the
-- figures are made of speak of that very day.
CREATE OR REPLACE TEMP TABLE overdue_age_source AS
WITH waiting AS (
    SELECT
        span.authority_code,
        span.coverage,
        span.last_day,
        own_due.due_day,
        own_due.dossiers,
        due.ordinal - today.ordinal AS working_days_left
    FROM own_due
    INNER JOIN member ON own_due.authority_code = member.member_code
    INNER JOIN span ON member.authority_code = span.authority_code AND member.coverage = span.coverage
    INNER JOIN calendar AS today ON span.last_day = today.day
    LEFT JOIN calendar AS due ON own_due.due_day = due.day
    WHERE own_due.dimension = 'whole' AND own_due.due_day IS NOT NULL AND span.is_all
),

classed AS (
    SELECT
        *,
        CASE
            WHEN due_day <= last_day THEN age_class(last_day - due_day + 1)
            WHEN working_days_left <= 3 THEN 'due_in_3'
        END AS class
    FROM waiting
)

SELECT
    authority_code,
    coverage,
    last_day,
    class,
    sum(dossiers)::BIGINT AS dossiers
FROM classed
WHERE class IS NOT NULL
GROUP BY ALL;
