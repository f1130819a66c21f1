-- Takes out what an imported file of reports (variable file) states again: the later statement stands. A
-- report with a noted oddity stays, so that the note does not lose its object.
DELETE FROM report
USING read_parquet(getvariable('file')) AS restated
WHERE
    (
        report.report_id = restated.report_id
        OR (
            report.authority_code = restated.authority_code
            AND report.source_id = restated.source_id
            AND report.first_day IS NOT DISTINCT FROM restated.first_day
            AND report.last_day IS NOT DISTINCT FROM restated.last_day
            AND report.coverage = restated.coverage
            AND report.field IS NOT DISTINCT FROM restated.field
            AND report.channel IS NOT DISTINCT FROM restated.channel
            AND report.remit IS NOT DISTINCT FROM restated.remit
        )
    )
    AND report.report_id NOT IN (SELECT oddity.report_id FROM oddity WHERE oddity.report_id IS NOT NULL);
