-- Is there a month whose dossiers do not balance: open at the start and received against finished and open?
-- examines: flow, stock
-- mend: The roll-ups are wrong, not the exports: report it as a fault of the program.
-- mend_vi: Số tổng hợp sai, không phải tệp xuất: báo đây là lỗi của chương trình.
SELECT
    coalesce(flow.authority_code, stock.authority_code) AS authority_code,
    coalesce(flow.coverage, stock.coverage) AS coverage,
    coalesce(flow.month, stock.month) AS month,
    stock.carried_over + flow.received AS came,
    flow.early
    + flow.on_due_date
    + flow.late
    + flow.undated_resolved
    + flow.withdrawn
    + flow.returned
    + stock.in_progress
    + stock.overdue
    + stock.undated_open AS went_or_stayed
FROM flow
FULL JOIN stock
    ON
    flow.authority_code = stock.authority_code
    AND flow.coverage = stock.coverage
    AND flow.month = stock.month
    AND flow.last_day = stock.last_day
WHERE
    came <> went_or_stayed
    OR flow.received <> flow.received_online + flow.received_in_person + flow.received_postal
    OR flow.month IS NULL
    OR stock.month IS NULL
