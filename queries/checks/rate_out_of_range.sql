-- Is an on-time rate below 0 or above 100%, or are there dossiers on time out of none?
-- examines: rate
-- mend: Check the counts of the report in data/published/reports.csv against its source.
-- mend_vi: Đối chiếu các số của báo cáo trong data/published/reports.csv với nguồn.
SELECT
    rate.report_id,
    rate.definition_code,
    rate.numerator,
    rate.denominator
FROM rate
WHERE rate.rate NOT BETWEEN 0 AND 1 OR (rate.denominator = 0 AND rate.numerator <> 0)
