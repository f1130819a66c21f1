-- Is a part larger than the total that must hold it?
-- examines: counts
-- mend: Check the row of data/published/reports.csv against its source.
SELECT
    report_id,
    authority_code,
    on_time,
    late,
    resolved,
    handled,
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
    OR received_online > received
