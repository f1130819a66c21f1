-- From the sums of every office to what is true of every authority in every period: its own office and its
-- whole area, flows within the period, stocks at its ends.
-- Reads item_event and item_due (contribution.sql, as many parts as there are), authority (authority_code,
-- parent_code, level, valid_from, valid_to), horizon (authority_code, last_day) and calendar.

CREATE OR REPLACE TEMP MACRO day_before(DAY) AS (day - INTERVAL 1 DAY)::DATE;

CREATE OR REPLACE TEMP MACRO first_of(KIND, DAY) AS date_trunc(kind, day)::DATE;

CREATE OR REPLACE TEMP MACRO last_of(KIND, DAY) AS day_before(date_trunc(kind, day) + CASE kind
    WHEN 'month' THEN INTERVAL 1 MONTH
    WHEN 'quarter' THEN INTERVAL 3 MONTH
    ELSE INTERVAL 1 YEAR
END);

-- What took place before an authority's first month is only in the stock that it starts with.
CREATE OR REPLACE TEMP MACRO beforehand() AS DATE '0001-01-01';

CREATE OR REPLACE TEMP TABLE own_event AS
WITH summed AS (
    SELECT
        authority_code,
        dimension,
        item,
        month,
        sum(received_untold)::BIGINT AS received_untold,
        sum(received_online)::BIGINT AS received_online,
        sum(received_in_person)::BIGINT AS received_in_person,
        sum(received_postal)::BIGINT AS received_postal,
        sum(early)::BIGINT AS early,
        sum(on_due_date)::BIGINT AS on_due_date,
        sum(late)::BIGINT AS late,
        sum(undated_resolved)::BIGINT AS undated_resolved,
        sum(withdrawn)::BIGINT AS withdrawn,
        sum(returned)::BIGINT AS returned,
        sum(newly_registered)::BIGINT AS newly_registered,
        sum(not_accepted)::BIGINT AS not_accepted,
        sum(undated_received - undated_closed)::BIGINT AS undated_change,
        sum(fell_overdue - left_overdue)::BIGINT AS overdue_change
    FROM item_event
    GROUP BY ALL
)

SELECT
    *,
    received_untold + received_online + received_in_person + received_postal AS received,
    early + on_due_date + late + undated_resolved + withdrawn + returned AS closed
FROM summed
WHERE
    received_untold <> 0 OR received_online <> 0 OR received_in_person <> 0 OR received_postal <> 0
    OR early <> 0 OR on_due_date <> 0 OR late <> 0 OR undated_resolved <> 0
    OR withdrawn <> 0 OR returned <> 0 OR newly_registered <> 0 OR not_accepted <> 0
    OR undated_change <> 0 OR overdue_change <> 0;

CREATE OR REPLACE TEMP TABLE own_due AS
SELECT
    authority_code,
    dimension,
    item,
    due_day,
    sum(dossiers)::BIGINT AS dossiers
FROM item_due
GROUP BY ALL
HAVING sum(dossiers) <> 0;

-- Whose dossiers make up an authority's figures: its own office; its area, if anybody below it has dossiers.
-- The nation, a region or a group has no area.
-- An office begins with the month in which it became valid if it took over open dossiers then, else with the
-- first in which something happened. What was received and ended before is its predecessors' and makes no
-- months of zeros; an office with nothing else has no figures.
CREATE OR REPLACE TEMP TABLE member AS
WITH RECURSIVE dated AS (
    SELECT
        own_event.authority_code,
        own_event.month,
        own_event.received - own_event.closed AS open_change,
        first_of('month', authority.valid_from) AS valid_month
    FROM own_event
    INNER JOIN authority ON own_event.authority_code = authority.authority_code
    WHERE own_event.dimension = 'whole'
),

office AS (
    SELECT
        authority_code,
        min(month) AS first_event,
        CASE
            WHEN sum(open_change) FILTER (WHERE month < valid_month) > 0 THEN any_value(valid_month)
            ELSE min(month) FILTER (WHERE coalesce(month >= valid_month, TRUE))
        END AS first_month
    FROM dated
    GROUP BY authority_code
),

above AS (
    SELECT
        office.authority_code AS member_code,
        authority.parent_code AS authority_code
    FROM office
    INNER JOIN authority ON office.authority_code = authority.authority_code
    UNION
    SELECT
        above.member_code,
        authority.parent_code
    FROM above
    INNER JOIN authority ON above.authority_code = authority.authority_code
),

area AS (
    SELECT
        above.authority_code,
        above.member_code
    FROM above
    INNER JOIN authority ON above.authority_code = authority.authority_code
    WHERE authority.level NOT IN ('nation', 'region', 'group')
),

listed AS (
    SELECT
        authority_code,
        'own' AS coverage,
        authority_code AS member_code
    FROM office
    UNION ALL
    SELECT
        authority_code,
        'area',
        member_code
    FROM area
    UNION
    SELECT
        area.authority_code,
        'area',
        office.authority_code AS member_code
    FROM area
    INNER JOIN office ON area.authority_code = office.authority_code
)

SELECT
    listed.authority_code,
    listed.coverage,
    listed.member_code,
    office.first_event,
    office.first_month,
    horizon.last_day AS horizon,
    authority.valid_to IS NULL AS is_valid
FROM listed
INNER JOIN office ON listed.member_code = office.authority_code
INNER JOIN authority ON listed.member_code = authority.authority_code
INNER JOIN horizon ON listed.member_code = horizon.authority_code;

-- Who is below an authority and has given no dossiers. Without all who exist on its last day an area has no
-- figures: some offices would stand for all of it. Of whom an export says up to that day that they have none,
-- nothing is missing.
CREATE OR REPLACE TEMP TABLE silent AS
WITH RECURSIVE below AS (
    SELECT DISTINCT
        authority_code,
        authority_code AS member_code
    FROM member
    WHERE coverage = 'area'
    UNION
    SELECT
        below.authority_code,
        authority.authority_code AS member_code
    FROM below
    INNER JOIN authority ON below.member_code = authority.parent_code
)

SELECT
    below.authority_code,
    below.member_code,
    authority.valid_from,
    authority.valid_to,
    horizon.last_day AS horizon
FROM below
INNER JOIN authority ON below.member_code = authority.authority_code
LEFT JOIN horizon ON below.member_code = horizon.authority_code
ANTI JOIN member ON below.authority_code = member.authority_code AND below.member_code = member.member_code
WHERE authority.level IN ('district', 'department', 'commune') AND below.member_code <> below.authority_code;

-- From which month to which day an authority has figures. A month belongs to it if it was valid on one of its
-- days, and ends with the day that its exports speak of. An area ends with the first of its valid members;
-- if others are ahead of it in that month, with the month before, because a month cannot be cut.
CREATE OR REPLACE TEMP TABLE span AS
WITH told AS (
    SELECT
        authority_code,
        coverage,
        min(first_event) AS first_event,
        min(first_month) AS first_month,
        coalesce(min(horizon) FILTER (WHERE is_valid), min(horizon)) AS slowest,
        max(horizon) AS fastest
    FROM member
    GROUP BY authority_code, coverage
),

ended AS (
    SELECT
        told.*,
        first_of('month', authority.valid_from) AS valid_month,
        CASE
            WHEN
                told.slowest = last_of('month', told.slowest) OR told.fastest <= told.slowest
                THEN told.slowest
            ELSE day_before(first_of('month', told.slowest))
        END AS told_day,
        last_of('month', authority.valid_to) AS valid_day
    FROM told
    INNER JOIN authority ON told.authority_code = authority.authority_code
)

SELECT
    authority_code,
    coverage,
    greatest(first_month, valid_month) AS first_month,
    -- Sums of longer periods hold what took place before it.
    greatest(valid_month, CASE WHEN first_event < first_month THEN first_month END) AS cut_month,
    least(told_day, valid_day) AS last_day,
    -- Nothing that is known took place later: what is open in the exports was open on the last day.
    fastest <= least(told_day, valid_day) AS is_all
FROM ended
WHERE
    first_month IS NOT NULL
    AND greatest(first_month, valid_month) <= least(told_day, valid_day)
    AND (
        coverage = 'own'
        OR NOT EXISTS (
            SELECT silent.member_code
            FROM silent
            WHERE
                silent.authority_code = ended.authority_code
                AND coalesce(silent.valid_from <= least(ended.told_day, ended.valid_day), TRUE)
                AND coalesce(silent.valid_to >= least(ended.told_day, ended.valid_day), TRUE)
                AND coalesce(silent.horizon < least(ended.told_day, ended.valid_day), TRUE)
        )
    );

CREATE OR REPLACE TEMP TABLE period AS
WITH month AS (
    SELECT
        span.*,
        unnest(generate_series(span.first_month, span.last_day, INTERVAL 1 MONTH)) AS month
    FROM span
),

kind AS (
    SELECT
        *,
        unnest(['month', 'quarter', 'year']) AS period_kind
    FROM month
)

SELECT DISTINCT
    authority_code,
    coverage,
    period_kind,
    first_of(period_kind, month) AS period,
    greatest(first_of(period_kind, month), first_month) AS first_day,
    least(last_of(period_kind, month), last_day) AS last_day
FROM kind;

---------------------------------------------------------------------------------------------------
-- The shortest periods: months; of a procedure quarters
---------------------------------------------------------------------------------------------------

CREATE OR REPLACE TEMP MACRO shortest(DIMENSION) AS CASE dimension
    WHEN 'procedure' THEN 'quarter' ELSE 'month'
END;

CREATE OR REPLACE TEMP TABLE change AS
WITH flow_part AS (
    SELECT
        member.authority_code,
        member.coverage,
        own_event.dimension,
        own_event.item,
        CASE
            WHEN own_event.month < span.first_month THEN beforehand()
            WHEN own_event.dimension = 'procedure' THEN first_of('quarter', own_event.month)
            ELSE own_event.month
        END AS period,
        own_event.* EXCLUDE (authority_code, dimension, item, month),
        0 AS overdue_open
    FROM own_event
    INNER JOIN member ON own_event.authority_code = member.member_code
    INNER JOIN span ON member.authority_code = span.authority_code AND member.coverage = span.coverage
    WHERE own_event.month <= span.last_day
),

due_part AS (
    SELECT
        member.authority_code,
        member.coverage,
        own_due.dimension,
        own_due.item,
        CASE
            WHEN own_due.due_day < span.first_month THEN beforehand()
            ELSE first_of(shortest(own_due.dimension), own_due.due_day)
        END AS period,
        own_due.dossiers AS overdue_open
    FROM own_due
    INNER JOIN member ON own_due.authority_code = member.member_code
    INNER JOIN span ON member.authority_code = span.authority_code AND member.coverage = span.coverage
    WHERE own_due.due_day <= span.last_day
),

part AS (
    SELECT * FROM flow_part
    UNION ALL BY NAME
    SELECT * FROM due_part
)

SELECT
    authority_code,
    coverage,
    dimension,
    item,
    period,
    coalesce(sum(received_untold)::BIGINT, 0) AS received_untold,
    coalesce(sum(received_online)::BIGINT, 0) AS received_online,
    coalesce(sum(received_in_person)::BIGINT, 0) AS received_in_person,
    coalesce(sum(received_postal)::BIGINT, 0) AS received_postal,
    coalesce(sum(received)::BIGINT, 0) AS received,
    coalesce(sum(early)::BIGINT, 0) AS early,
    coalesce(sum(on_due_date)::BIGINT, 0) AS on_due_date,
    coalesce(sum(late)::BIGINT, 0) AS late,
    coalesce(sum(undated_resolved)::BIGINT, 0) AS undated_resolved,
    coalesce(sum(withdrawn)::BIGINT, 0) AS withdrawn,
    coalesce(sum(returned)::BIGINT, 0) AS returned,
    coalesce(sum(newly_registered)::BIGINT, 0) AS newly_registered,
    coalesce(sum(not_accepted)::BIGINT, 0) AS not_accepted,
    coalesce(sum(received - closed)::BIGINT, 0) AS open_change,
    coalesce(sum(undated_change)::BIGINT, 0) AS undated_change,
    coalesce(sum(overdue_change)::BIGINT, 0) + sum(overdue_open)::BIGINT AS overdue_change
FROM part
GROUP BY ALL;

-- Every item in every period from its first one on, with what was open at both ends.
CREATE OR REPLACE TEMP TABLE result AS
WITH known AS (
    SELECT
        authority_code,
        coverage,
        dimension,
        item,
        min(period) AS first_period
    FROM change
    GROUP BY ALL
),

due_period AS (
    SELECT
        known.authority_code,
        known.coverage,
        known.dimension,
        known.item,
        period.period
    FROM known
    INNER JOIN period
        ON
        known.authority_code = period.authority_code
        AND known.coverage = period.coverage
        AND shortest(known.dimension) = period.period_kind
        AND known.first_period <= period.period
    UNION ALL
    SELECT
        authority_code,
        coverage,
        dimension,
        item,
        beforehand()
    FROM known
    WHERE first_period = beforehand()
),

stated AS (
    SELECT
        due_period.authority_code,
        due_period.coverage,
        due_period.dimension,
        due_period.item,
        due_period.period,
        change.* EXCLUDE (authority_code, coverage, dimension, item, period),
        (sum(change.open_change) OVER so_far)::BIGINT AS open,
        (sum(change.undated_change) OVER so_far)::BIGINT AS undated_open,
        (sum(change.overdue_change) OVER so_far)::BIGINT AS overdue
    FROM due_period
    LEFT JOIN change
        ON
        due_period.authority_code = change.authority_code
        AND due_period.coverage = change.coverage
        AND due_period.dimension = change.dimension
        AND due_period.item = change.item
        AND due_period.period = change.period
    WINDOW so_far AS (
        PARTITION BY due_period.authority_code, due_period.coverage, due_period.dimension, due_period.item
        ORDER BY due_period.period
    )
),

carried AS (
    SELECT
        *,
        coalesce(lag(open) OVER (
            PARTITION BY authority_code, coverage, dimension, item
            ORDER BY period
        ), 0) AS carried_over
    FROM stated
)

SELECT
    authority_code,
    coverage,
    dimension,
    item,
    shortest(dimension) AS period_kind,
    period,
    carried_over,
    coalesce(received_untold, 0) AS received_untold,
    coalesce(received_online, 0) AS received_online,
    coalesce(received_in_person, 0) AS received_in_person,
    coalesce(received_postal, 0) AS received_postal,
    coalesce(received, 0) AS received,
    coalesce(early, 0) AS early,
    coalesce(on_due_date, 0) AS on_due_date,
    coalesce(late, 0) AS late,
    coalesce(undated_resolved, 0) AS undated_resolved,
    coalesce(withdrawn, 0) AS withdrawn,
    coalesce(returned, 0) AS returned,
    coalesce(newly_registered, 0) AS newly_registered,
    coalesce(not_accepted, 0) AS not_accepted,
    open - overdue - undated_open AS in_progress,
    overdue,
    undated_open
FROM carried
WHERE period > beforehand();

---------------------------------------------------------------------------------------------------
-- Longer periods: flows add up, stocks are those of the ends
---------------------------------------------------------------------------------------------------

CREATE OR REPLACE TEMP VIEW longer_kind AS
SELECT
    'month' AS shorter,
    unnest(['quarter', 'year']) AS period_kind
UNION ALL
SELECT
    'quarter',
    'year';

INSERT INTO result BY NAME
SELECT
    result.authority_code,
    result.coverage,
    result.dimension,
    result.item,
    longer_kind.period_kind,
    first_of(longer_kind.period_kind, result.period) AS period,
    arg_min(result.carried_over, result.period) AS carried_over,
    sum(result.received_untold) AS received_untold,
    sum(result.received_online) AS received_online,
    sum(result.received_in_person) AS received_in_person,
    sum(result.received_postal) AS received_postal,
    sum(result.received) AS received,
    sum(result.early) AS early,
    sum(result.on_due_date) AS on_due_date,
    sum(result.late) AS late,
    sum(result.undated_resolved) AS undated_resolved,
    sum(result.withdrawn) AS withdrawn,
    sum(result.returned) AS returned,
    sum(result.newly_registered) AS newly_registered,
    sum(result.not_accepted) AS not_accepted,
    arg_max(result.in_progress, result.period) AS in_progress,
    arg_max(result.overdue, result.period) AS overdue,
    arg_max(result.undated_open, result.period) AS undated_open
FROM result
INNER JOIN longer_kind ON result.period_kind = longer_kind.shorter
WHERE result.dimension <> 'whole'
GROUP BY ALL;
