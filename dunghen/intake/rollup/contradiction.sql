-- Where do counts contradict each other? A count below 0; what was there and came in that is not what went
-- out and is left; what is left by the flows that is not what the exports hold open.
WITH counted AS (
    SELECT
        authority_code,
        coverage,
        period_kind,
        period,
        dimension,
        item,
        carried_over + received AS came,
        early + on_due_date + late + undated_resolved + withdrawn + returned AS closed,
        in_progress + overdue + undated_open AS open,
        least(
            carried_over, received_untold, received_online, received_in_person, received_postal,
            early, on_due_date, late,
            undated_resolved, withdrawn, returned, newly_registered, not_accepted,
            in_progress, overdue, undated_open
        ) AS least_count
    FROM result
),

held_open AS (
    SELECT
        span.authority_code,
        span.coverage,
        span.last_day,
        own_due.dimension,
        own_due.item,
        sum(own_due.dossiers) AS open,
        coalesce(sum(own_due.dossiers) FILTER (WHERE own_due.due_day IS NULL), 0) AS undated_open
    FROM own_due
    INNER JOIN member ON own_due.authority_code = member.member_code
    INNER JOIN span ON member.authority_code = span.authority_code AND member.coverage = span.coverage
    WHERE span.is_all
    GROUP BY ALL
),

last_state AS (
    SELECT
        result.authority_code,
        result.coverage,
        result.period_kind,
        result.period,
        result.dimension,
        result.item,
        result.in_progress + result.overdue + result.undated_open AS open,
        result.undated_open,
        coalesce(held_open.open, 0) AS held_open,
        coalesce(held_open.undated_open, 0) AS held_undated
    FROM result
    INNER JOIN span
        ON
        result.authority_code = span.authority_code
        AND result.coverage = span.coverage
        AND span.is_all
        AND result.period = first_of(result.period_kind, span.last_day)
    LEFT JOIN held_open
        ON
        result.authority_code = held_open.authority_code
        AND result.coverage = held_open.coverage
        AND result.dimension = held_open.dimension
        AND result.item = held_open.item
)

SELECT
    authority_code AS authority,
    coverage,
    period_kind,
    period,
    dimension,
    item
FROM counted
WHERE came <> closed + open OR least_count < 0
UNION ALL
SELECT
    authority_code,
    coverage,
    period_kind,
    period,
    dimension,
    item
FROM last_state
WHERE open <> held_open OR undated_open <> held_undated
ORDER BY ALL
LIMIT 1;
