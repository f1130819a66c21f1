-- Which periods of an area must not be broken down.
-- Reads own_event, span, member and authority (rollup.sql); takes rows out of breakdown_source
-- (published.sql).

-- When an office's dossiers are in its area and not in its own figures: what took place before its first
-- month or after its last, and what it left open at its end, until all of that is closed.
CREATE OR REPLACE TEMP TABLE away AS
WITH office AS (
    SELECT
        own_event.authority_code,
        own_event.month,
        span.first_month,
        first_of('month', span.last_day) AS last_month,
        sum(own_event.received - own_event.closed) OVER (
            PARTITION BY own_event.authority_code ORDER BY own_event.month
        ) AS open
    FROM own_event
    LEFT JOIN span ON own_event.authority_code = span.authority_code AND span.coverage = 'own'
    WHERE own_event.dimension = 'whole'
),

ended AS (
    SELECT
        authority_code,
        coalesce(any_value(last_month), min(month)) AS first_month,
        coalesce(min(month) FILTER (WHERE month > last_month AND open = 0), DATE '9999-12-01') AS last_month,
        coalesce(arg_max(open, month) FILTER (WHERE month <= last_month), 1) AS left_open
    FROM office
    GROUP BY authority_code
)

SELECT
    authority_code,
    month AS first_month,
    month AS last_month
FROM office
WHERE month < first_month OR month > last_month
UNION ALL
SELECT
    ended.authority_code,
    ended.first_month,
    ended.last_month
FROM ended
INNER JOIN authority ON ended.authority_code = authority.authority_code
LEFT JOIN span ON ended.authority_code = span.authority_code AND span.coverage = 'own'
WHERE ended.left_open > 0 AND (authority.valid_to IS NOT NULL OR span.authority_code IS NULL);

-- Then an area is not broken down: it has more than its offices have, and the difference may be small.
DELETE FROM breakdown_source
WHERE
    coverage = 'area'
    AND EXISTS (
        SELECT away.authority_code
        FROM away
        INNER JOIN member ON away.authority_code = member.member_code
        WHERE
            member.coverage = 'area'
            AND member.authority_code = breakdown_source.authority_code
            AND away.first_month <= breakdown_source.last_day
            AND away.last_month >= first_of('month', breakdown_source.first_day)
    );
