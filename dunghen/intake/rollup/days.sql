-- From which to which day the calendar is needed.
SELECT
    coalesce(least(min(received_at::DATE), min(finished_at::DATE)), DATE '2025-01-01') AS first_day,
    coalesce(greatest(max(received_at::DATE), max(finished_at::DATE)), DATE '2025-01-01') AS last_day
FROM weighted;
