-- The rows to keep, with the columns of the table `report`; period labels as people write them.
CREATE OR REPLACE TEMP TABLE form_report AS
WITH kept AS (
    SELECT form_part.*
    FROM form_part
    LEFT JOIN form_version ON form_part.ordinal = form_version.ordinal
    WHERE
        form_part.is_own_row
        AND coalesce(form_version.occurrence, 1) = 1
        AND form_part.ordinal NOT IN (SELECT form_fault.ordinal FROM form_fault)
)

SELECT
    concat_ws(
        '-',
        form_rule.source_id,
        kept.authority_code,
        coalesce(kept.first_day::VARCHAR, 'den'),
        kept.last_day::VARCHAR,
        if(kept.coverage = 'own', NULL, kept.coverage),
        kept.field,
        kept.channel,
        kept.remit
    ) AS report_id,
    kept.authority_code,
    form_rule.source_id,
    kept.first_day,
    kept.last_day,
    coalesce(form_rule.period_label, period_label(kept.first_day, kept.last_day)) AS period_label,
    kept.coverage,
    kept.field,
    kept.channel,
    kept.remit,
    form_rule.counts_basis,
    kept.carried_over,
    kept.received_online,
    kept.received_in_person,
    kept.received_postal,
    kept.received_offline,
    kept.received,
    kept.received_and_carried_over,
    kept.early,
    kept.on_due_date,
    kept.on_time,
    kept.late,
    kept.resolved,
    kept.withdrawn,
    kept.returned,
    kept.withdrawn_or_returned,
    kept.undated_resolved,
    kept.undated_open,
    kept.in_progress,
    kept.overdue,
    kept.open_total,
    kept.handled,
    kept.due,
    kept.portal_total,
    kept.portal_on_time,
    kept.published_rate::DECIMAL(7, 6) AS published_rate,
    if(kept.published_rate IS NULL, NULL, form_rule.published_rate_definition) AS published_rate_definition,
    kept.average_days::DECIMAL(9, 3) AS average_days,
    kept.observed_at,
    form_note.note_vi,
    form_note.note_en,
    NULL::VARCHAR AS verbatim
FROM kept
CROSS JOIN form_rule
LEFT JOIN form_note ON kept.ordinal = form_note.ordinal
ORDER BY kept.ordinal ASC;
