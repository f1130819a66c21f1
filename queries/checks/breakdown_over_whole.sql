-- Do the parts of a breakdown that are told sum to more than the whole, or stand for a period without one?
-- examines: breakdown
-- mend: The roll-ups are wrong, not the exports: report it as a fault of the program.
-- mend_vi: Số tổng hợp sai, không phải tệp xuất: báo đây là lỗi của chương trình.
WITH part AS (
    SELECT
        authority_code,
        coverage,
        first_day,
        last_day,
        period_kind,
        dimension,
        sum(carried_over) AS carried_over,
        sum(received) AS received,
        sum(early) AS early,
        sum(on_due_date) AS on_due_date,
        sum(on_time) AS on_time,
        sum(late) AS late,
        sum(resolved) AS resolved,
        sum(in_progress) AS in_progress,
        sum(overdue) AS overdue,
        sum(dossiers) AS dossiers
    FROM breakdown
    GROUP BY authority_code, coverage, first_day, last_day, period_kind, dimension
)

SELECT
    part.authority_code,
    part.coverage,
    part.first_day,
    part.last_day,
    part.dimension
FROM part
LEFT JOIN counts
    ON
    part.authority_code = counts.authority_code
    AND part.coverage = counts.coverage
    AND part.first_day = counts.first_day
    AND part.last_day = counts.last_day
    AND counts.record_kind = 'dossiers'
WHERE
    counts.report_id IS NULL
    OR part.carried_over > counts.carried_over
    OR part.received > counts.received
    OR part.early > counts.early
    OR part.on_due_date > counts.on_due_date
    OR part.on_time > counts.on_time
    OR part.late > counts.late
    OR part.resolved > counts.resolved
    OR part.in_progress > counts.in_progress
    OR part.overdue > counts.overdue
    OR part.dossiers > counts.late
