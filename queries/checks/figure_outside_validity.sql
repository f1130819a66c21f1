-- Does a report lie wholly before an authority began or after it ended?
-- examines: report
-- mend: Point the row at the body that was valid then (data/registry/authorities.csv has the days).
SELECT
    report.report_id,
    report.authority_code,
    authority.authority_name,
    report.first_day,
    report.last_day,
    authority.valid_from,
    authority.valid_to
FROM report
INNER JOIN authority ON report.authority_code = authority.authority_code
WHERE
    (NOT authority.valid_from_is_bound AND report.last_day < authority.valid_from)
    OR (NOT authority.valid_to_is_bound AND report.first_day > authority.valid_to)
