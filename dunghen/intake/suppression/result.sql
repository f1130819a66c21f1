-- The breakdown as it is published: what suppression_flag names is NULL, also where the count is 0. Bit n of
-- a mask is count n of the list.
-- noqa: disable=all
-- (the linter reads neither the parameters of macros nor a lambda of two)
CREATE OR REPLACE TEMP MACRO unless_masked(number, mask, bit) AS
    CASE WHEN (mask >> bit) & 1 = 0 THEN number END;

CREATE OR REPLACE TEMP MACRO masked_counts(mask) AS nullif(
    array_to_string(
        list_filter(
            [
                'early', 'on_due_date', 'late', 'received_offline', 'received_online', 'overdue',
                'in_progress', 'on_time', 'received', 'resolved', 'open_total', 'carried_over', 'dossiers'
            ],
            lambda count, nth : (mask >> (nth - 1)) & 1 = 1
        ),
        ','
    ),
    ''
);

CREATE OR REPLACE TEMP VIEW suppression_result AS
WITH body AS (
    SELECT
        authority_code,
        coverage,
        body
    FROM suppression_body
    UNION ALL
    SELECT
        body.authority_code,
        'area',
        body.body
    FROM suppression_body AS body
    SEMI JOIN suppression_twin AS twin ON body.authority_code = twin.authority_code
),

day AS (
    SELECT DISTINCT
        authority_code,
        coverage,
        period_kind,
        first_day,
        last_day,
        cast(date_trunc(period_kind, first_day) AS DATE) AS period_day
    FROM suppression_source
),

masked AS (
    SELECT
        day.authority_code,
        day.coverage,
        day.period_kind,
        day.first_day,
        day.last_day,
        part.dimension,
        part.item,
        source.* EXCLUDE (authority_code, coverage, period_kind, first_day, last_day, dimension, item),
        source.item IS NULL AND part.dimension <> 'days_late' AS is_empty,
        flag.under_5 AS under_5_mask,
        flag.hidden & ~flag.under_5 AS hidden_mask,
        flag.hidden | flag.untold AS mask
    FROM suppression_flag AS flag
    INNER JOIN body ON flag.body = body.body
    INNER JOIN suppression_part AS part ON flag.part = part.part
    INNER JOIN suppression_period AS period ON flag.period = period.period
    INNER JOIN day
        ON
        body.authority_code = day.authority_code
        AND body.coverage = day.coverage
        AND period.period_kind = day.period_kind
        AND period.period_day = day.period_day
    LEFT JOIN suppression_source AS source
        ON
        day.authority_code = source.authority_code
        AND day.coverage = source.coverage
        AND day.period_kind = source.period_kind
        AND day.first_day = source.first_day
        AND part.dimension = source.dimension
        AND part.item = source.item
)

SELECT
    authority_code,
    coverage,
    period_kind,
    first_day,
    last_day,
    dimension,
    item,
    unless_masked(if(is_empty, 0, carried_over), mask, 11) AS carried_over,
    unless_masked(if(is_empty, 0, received_online), mask, 4) AS received_online,
    unless_masked(if(is_empty, 0, received_offline), mask, 3) AS received_offline,
    unless_masked(if(is_empty, 0, received), mask, 8) AS received,
    unless_masked(if(is_empty, 0, early), mask, 0) AS early,
    unless_masked(if(is_empty, 0, on_due_date), mask, 1) AS on_due_date,
    unless_masked(if(is_empty, 0, on_time), mask, 7) AS on_time,
    unless_masked(if(is_empty, 0, late), mask, 2) AS late,
    unless_masked(if(is_empty, 0, resolved), mask, 9) AS resolved,
    unless_masked(if(is_empty, 0, in_progress), mask, 6) AS in_progress,
    unless_masked(if(is_empty, 0, overdue), mask, 5) AS overdue,
    unless_masked(if(is_empty, 0, open_total), mask, 10) AS open_total,
    unless_masked(dossiers, mask, 12) AS dossiers,
    masked_counts(under_5_mask) AS under_5,
    masked_counts(hidden_mask) AS hidden
FROM masked
ORDER BY authority_code, coverage, period_kind, first_day, dimension, item;
