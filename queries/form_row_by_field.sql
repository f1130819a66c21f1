-- What does form II.06a of this authority and exactly this period say, field by field?
-- grain: one row per field of one form, and one for the whole office
-- order: fields by name, those not known last; then the whole
WITH run_of_months AS (
    SELECT
        authority_code,
        coverage,
        sum(received)::BIGINT AS received,
        whole_sum(received_online) AS received_online,
        whole_sum(received_in_person + received_postal) AS received_offline,
        sum(early)::BIGINT AS early,
        sum(on_due_date)::BIGINT AS on_due_date,
        sum(late)::BIGINT AS late,
        sum(withdrawn)::BIGINT AS withdrawn,
        sum(returned)::BIGINT AS returned,
        sum(undated_resolved)::BIGINT AS undated_resolved,
        sum(not_accepted)::BIGINT AS not_accepted,
        sum(newly_registered)::BIGINT AS newly_registered
    FROM flow
    WHERE authority_code = $authority_code AND month >= $first_day AND last_day <= $last_day
    GROUP BY
        authority_code,
        coverage
    HAVING min(month) = $first_day AND max(last_day) = $last_day
),

form_row AS (
    SELECT
        counts.record_kind,
        counts.source_id,
        counts.coverage,
        counts.observed_at,
        counts.field,
        counts.received_and_carried_over,
        counts.received_online,
        counts.received_offline,
        counts.carried_over,
        counts.resolved,
        counts.early,
        counts.on_due_date,
        counts.on_time,
        counts.late,
        counts.open_total,
        counts.in_progress,
        counts.overdue,
        counts.withdrawn,
        counts.returned,
        counts.withdrawn_or_returned,
        counts.undated_resolved,
        counts.undated_open,
        NULL::BIGINT AS not_accepted,
        NULL::BIGINT AS newly_registered,
        []::VARCHAR[] AS under_5,
        []::VARCHAR[] AS hidden,
        counts.derived_counts,
        counts.note_vi,
        counts.note_en
    FROM counts
    WHERE
        counts.authority_code = $authority_code
        AND counts.record_kind = 'published'
        AND counts.first_day = $first_day
        AND counts.last_day = $last_day
        AND counts.channel IS NULL
        AND counts.remit IS NULL
        AND coalesce(
            counts.received_and_carried_over,
            counts.received_online,
            counts.received_offline,
            counts.on_time,
            counts.resolved,
            counts.open_total
        ) IS NOT NULL
    QUALIFY
        row_number() OVER (
            PARTITION BY counts.source_id, counts.coverage, counts.field
            ORDER BY counts.observed_at DESC NULLS LAST, counts.report_id ASC
        ) = 1
    UNION ALL
    SELECT
        'dossiers',
        dossier_source.source_id,
        run_of_months.coverage,
        at_end.last_day::VARCHAR,
        NULL,
        at_start.carried_over + run_of_months.received,
        run_of_months.received_online,
        run_of_months.received_offline,
        at_start.carried_over,
        run_of_months.early + run_of_months.on_due_date + run_of_months.late,
        run_of_months.early,
        run_of_months.on_due_date,
        run_of_months.early + run_of_months.on_due_date,
        run_of_months.late,
        at_end.in_progress + at_end.overdue,
        at_end.in_progress,
        at_end.overdue,
        run_of_months.withdrawn,
        run_of_months.returned,
        run_of_months.withdrawn + run_of_months.returned,
        run_of_months.undated_resolved,
        at_end.undated_open,
        run_of_months.not_accepted,
        run_of_months.newly_registered,
        [],
        [],
        NULL,
        beginning.note_vi,
        beginning.note_en
    FROM run_of_months
    INNER JOIN stock AS at_start
        ON
        run_of_months.authority_code = at_start.authority_code
        AND run_of_months.coverage = at_start.coverage
        AND at_start.month = $first_day
    INNER JOIN stock AS at_end
        ON
        run_of_months.authority_code = at_end.authority_code
        AND run_of_months.coverage = at_end.coverage
        AND at_end.last_day = $last_day
    LEFT JOIN beginning
        ON
        run_of_months.authority_code = beginning.authority_code
        AND run_of_months.coverage = beginning.coverage
        AND beginning.first_day = $first_day
    INNER JOIN dossier_source ON run_of_months.authority_code = dossier_source.authority_code
    UNION ALL
    SELECT
        'dossiers',
        dossier_source.source_id,
        breakdown.coverage,
        breakdown.last_day::VARCHAR,
        breakdown.item,
        breakdown.carried_over + breakdown.received,
        breakdown.received_online,
        breakdown.received_offline,
        breakdown.carried_over,
        breakdown.resolved,
        breakdown.early,
        breakdown.on_due_date,
        breakdown.on_time,
        breakdown.late,
        breakdown.open_total,
        breakdown.in_progress,
        breakdown.overdue,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        coalesce(string_split(breakdown.under_5, ','), []),
        coalesce(string_split(breakdown.hidden, ','), []),
        NULL,
        NULL,
        NULL
    FROM breakdown
    INNER JOIN dossier_source ON breakdown.authority_code = dossier_source.authority_code
    WHERE
        breakdown.authority_code = $authority_code
        AND breakdown.dimension = 'field'
        AND breakdown.first_day = $first_day
        AND breakdown.last_day = $last_day
    -- a month that is all there is of its quarter or year is there several times; years tell most
    QUALIFY row_number() OVER (
        PARTITION BY breakdown.coverage, breakdown.item
        ORDER BY list_position(['year', 'quarter', 'month'], breakdown.period_kind)
    ) = 1
),

-- Of several forms of the period: as published before from dossiers, with fields before without, the office's
-- own before its area's, the last observed.
form AS (
    SELECT
        record_kind,
        source_id,
        coverage,
        count(*) OVER () AS forms
    FROM form_row
    WHERE
        ($coverage IS NULL OR coverage = $coverage)
        AND ($record_kind IS NULL OR record_kind = $record_kind)
        AND ($source_id IS NULL OR source_id = $source_id)
    GROUP BY
        record_kind,
        source_id,
        coverage
    QUALIFY row_number() OVER (
        ORDER BY
            record_kind DESC,
            bool_or(field IS NOT NULL) DESC,
            list_position(['own', 'area', 'unknown'], coverage),
            max(observed_at) DESC NULLS LAST,
            source_id
    ) = 1
)

SELECT
    form_row.record_kind,
    form_row.source_id,
    form_row.coverage,
    form.forms,
    authority.illustrative,
    form_row.field,
    field.field_name_vi,
    field.field_name_en,
    form_row.received_and_carried_over,
    form_row.received_online,
    form_row.received_offline,
    form_row.carried_over,
    form_row.resolved,
    form_row.early,
    form_row.on_due_date,
    form_row.late,
    form_row.open_total,
    form_row.in_progress,
    form_row.overdue,
    form_row.on_time,
    form_row.withdrawn,
    form_row.returned,
    form_row.withdrawn_or_returned,
    form_row.undated_resolved,
    form_row.undated_open,
    form_row.not_accepted,
    form_row.newly_registered,
    form_row.under_5,
    form_row.hidden,
    form_row.derived_counts,
    form_row.note_vi,
    form_row.note_en
FROM form_row
INNER JOIN form
    ON form_row.record_kind = form.record_kind
    AND form_row.source_id = form.source_id
    AND form_row.coverage = form.coverage
INNER JOIN authority ON authority.authority_code = $authority_code
LEFT JOIN field ON form_row.field = field.field
ORDER BY
    form_row.field IS NULL ASC,
    field.field IS NULL ASC,
    field.field_name_vi COLLATE vi ASC
