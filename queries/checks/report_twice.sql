-- Is the same report there twice, so that it would be counted twice?
-- examines: report
-- mend: Keep one of the rows in data/published/reports.csv, or tell them apart by period or breakdown.
-- mend_vi: Giữ một dòng trong data/published/reports.csv, hoặc phân biệt chúng bằng kỳ hay phần chia nhỏ.
SELECT
    authority_code,
    source_id,
    first_day,
    last_day,
    coverage,
    field,
    channel,
    remit,
    string_agg(report_id, ', ' ORDER BY report_id ASC) AS report_ids
FROM report
GROUP BY
    authority_code,
    source_id,
    first_day,
    last_day,
    coverage,
    field,
    channel,
    remit
HAVING count(*) > 1
