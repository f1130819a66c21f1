-- Is a part larger than the total that must hold it?
-- examines: counts
-- mend: Check the row of data/published/reports.csv against its source.
-- mend_vi: Đối chiếu dòng đó của data/published/reports.csv với nguồn.
SELECT
    report_id,
    authority_code,
    early,
    on_time,
    late,
    resolved,
    handled,
    in_progress,
    overdue,
    open_total,
    received_online,
    received,
    portal_on_time,
    portal_total
FROM counts
WHERE
    portal_on_time > portal_total
    OR on_time > resolved
    OR late > resolved
    OR on_time > handled
    OR late > handled
    OR early > on_time
    OR in_progress > open_total
    OR overdue > open_total
    OR received_online > received
    OR received_offline > received
