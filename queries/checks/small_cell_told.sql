-- Does a breakdown tell a count of 1 to 4?
-- examines: breakdown, overdue_age
-- mend: The roll-ups are wrong, not the exports: report it as a fault of the program.
-- mend_vi: Số tổng hợp sai, không phải tệp xuất: báo đây là lỗi của chương trình.
WITH cell AS (
    UNPIVOT breakdown
    ON
    carried_over,
    received_online,
    received_offline,
    received,
    early,
    on_due_date,
    on_time,
    late,
    resolved,
    in_progress,
    overdue,
    open_total,
    dossiers
    INTO NAME cell_name VALUE cell_count
)

SELECT
    authority_code,
    coverage,
    dimension,
    item,
    first_day,
    last_day,
    cell_name
FROM cell
WHERE cell_count BETWEEN 1 AND 4
UNION ALL
SELECT
    authority_code,
    coverage,
    'overdue_age' AS dimension,
    class AS item,
    NULL AS first_day,
    last_day,
    'dossiers' AS cell_name
FROM overdue_age
WHERE dossiers BETWEEN 1 AND 4
