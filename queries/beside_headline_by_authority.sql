-- What stands beside the headline of an authority's dossiers, so that it cannot be dressed up?
-- grain: one row per coverage: the period asked for, else the year to the last day known
-- order: whole area before own office
WITH chosen AS (
    SELECT
        report_id,
        authority_code,
        coverage,
        first_day,
        last_day,
        illustrative,
        source_id,
        resolved,
        on_time,
        late,
        on_due_date,
        withdrawn,
        returned,
        undated_resolved,
        undated_open,
        overdue
    FROM counts
    WHERE
        authority_code = $authority_code
        AND record_kind = 'dossiers'
        AND ($coverage IS NULL OR coverage = $coverage)
        AND ($first_day IS NULL OR first_day >= $first_day)
        AND ($last_day IS NULL OR last_day <= $last_day)
    QUALIFY row_number() OVER (PARTITION BY coverage ORDER BY last_day DESC, first_day ASC) = 1
),

beside AS (
    SELECT
        chosen.report_id,
        whole_sum(flow.supplemented) AS supplemented,
        whole_sum(flow.extended) AS extended,
        whole_sum(flow.plain_resolved) AS plain_resolved,
        whole_sum(flow.plain_on_time) AS plain_on_time,
        whole_sum(flow.on_time_original) AS on_time_original,
        sum(flow.not_accepted)::BIGINT AS not_accepted,
        sum(flow.newly_registered)::BIGINT AS newly_registered
    FROM chosen
    INNER JOIN flow
        ON
        chosen.authority_code = flow.authority_code
        AND chosen.coverage = flow.coverage
        AND flow.month BETWEEN chosen.first_day AND chosen.last_day
    GROUP BY chosen.report_id
),

spread AS (
    SELECT DISTINCT
        coverage,
        first_day,
        last_day,
        kind,
        median,
        p90
    FROM distribution
    WHERE authority_code = $authority_code AND dimension = 'whole'
)

SELECT
    chosen.report_id,
    chosen.coverage,
    chosen.first_day,
    chosen.last_day,
    chosen.illustrative,
    chosen.resolved,
    chosen.on_time,
    chosen.late,
    beside.supplemented,
    share_of(beside.supplemented, chosen.resolved) AS supplement_share,
    beside.extended,
    share_of(beside.extended, chosen.resolved) AS extended_share,
    beside.plain_resolved,
    beside.plain_on_time,
    share_of(beside.plain_on_time, beside.plain_resolved) AS plain_rate,
    beside.on_time_original,
    share_of(beside.on_time_original, chosen.resolved) AS original_rate,
    chosen.withdrawn,
    chosen.returned,
    share_of(
        chosen.withdrawn + chosen.returned,
        chosen.resolved + chosen.undated_resolved + chosen.withdrawn + chosen.returned
    ) AS given_back_share,
    chosen.on_due_date,
    share_of(chosen.on_due_date, chosen.on_time) AS last_day_share,
    chosen.undated_resolved,
    chosen.undated_open,
    beside.not_accepted,
    beside.newly_registered,
    chosen.overdue,
    processing.median AS median_days,
    processing.p90 AS p90_days,
    lateness.median AS median_days_late,
    lateness.p90 AS p90_days_late,
    chosen.source_id
FROM chosen
INNER JOIN beside ON chosen.report_id = beside.report_id
LEFT JOIN spread AS processing
    ON
    chosen.coverage = processing.coverage
    AND chosen.first_day = processing.first_day
    AND chosen.last_day = processing.last_day
    AND processing.kind = 'processing_days'
LEFT JOIN spread AS lateness
    ON
    chosen.coverage = lateness.coverage
    AND chosen.first_day = lateness.first_day
    AND chosen.last_day = lateness.last_day
    AND lateness.kind = 'days_late'
ORDER BY chosen.coverage ASC
