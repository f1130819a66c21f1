-- Does a month begin with other open dossiers than the month before ended with?
-- examines: stock
-- mend: The roll-ups are wrong, not the exports: report it as a fault of the program.
-- mend_vi: Số tổng hợp sai, không phải tệp xuất: báo đây là lỗi của chương trình.
SELECT
    authority_code,
    coverage,
    month,
    carried_over,
    in_progress_before + overdue_before + undated_open_before AS open_before
FROM (
    SELECT
        authority_code,
        coverage,
        month,
        carried_over,
        lag(month) OVER months AS month_before,
        lag(in_progress) OVER months AS in_progress_before,
        lag(overdue) OVER months AS overdue_before,
        lag(undated_open) OVER months AS undated_open_before
    FROM stock
    WINDOW months AS (PARTITION BY authority_code, coverage ORDER BY month ASC)
) AS followed
WHERE
    month_before IS NOT NULL
    AND (
        carried_over <> in_progress_before + overdue_before + undated_open_before
        OR month <> month_before + INTERVAL 1 MONTH
    )
