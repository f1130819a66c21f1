-- The breakdown as it is published: what suppression_flag names is NULL. Bit n of a mask is count n of
-- the list.
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
WITH masked AS (
    SELECT
        source.*,
        flag.under_5 AS under_5_mask,
        flag.hidden AS hidden_mask,
        flag.under_5 | flag.hidden AS mask
    FROM suppression_source AS source
    INNER JOIN suppression_row
        ON
            source.authority_code = suppression_row.authority_code
            AND (
                source.coverage = suppression_row.coverage
                OR source.authority_code IN (FROM suppression_twin)
            )
            AND source.dimension = suppression_row.dimension
            AND source.period_kind = suppression_row.period_kind
            AND source.first_day = suppression_row.first_day
            AND source.item = suppression_row.item
    INNER JOIN suppression_flag AS flag ON suppression_row.place = flag.place
)

SELECT
    authority_code,
    coverage,
    period_kind,
    first_day,
    last_day,
    dimension,
    item,
    unless_masked(carried_over, mask, 11) AS carried_over,
    unless_masked(received_online, mask, 4) AS received_online,
    unless_masked(received_offline, mask, 3) AS received_offline,
    unless_masked(received, mask, 8) AS received,
    unless_masked(early, mask, 0) AS early,
    unless_masked(on_due_date, mask, 1) AS on_due_date,
    unless_masked(on_time, mask, 7) AS on_time,
    unless_masked(late, mask, 2) AS late,
    unless_masked(resolved, mask, 9) AS resolved,
    unless_masked(in_progress, mask, 6) AS in_progress,
    unless_masked(overdue, mask, 5) AS overdue,
    unless_masked(open_total, mask, 10) AS open_total,
    unless_masked(dossiers, mask, 12) AS dossiers,
    masked_counts(under_5_mask) AS under_5,
    masked_counts(hidden_mask) AS hidden
FROM masked
ORDER BY authority_code, coverage, period_kind, first_day, dimension, item;
