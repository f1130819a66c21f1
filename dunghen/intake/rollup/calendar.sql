-- A row a day: what the roll-ups ask of a day.
CREATE OR REPLACE TEMP TABLE calendar AS
WITH listed AS (
    SELECT
        unnest($days::DATE[]) AS day,
        unnest($working::BOOLEAN[]) AS is_working,
        unnest($ordinals::INTEGER[]) AS ordinal
)

SELECT
    day,
    is_working,
    ordinal,
    date_trunc('month', day)::DATE AS month,
    date_trunc('year', day)::DATE AS year
FROM listed
ORDER BY day;
