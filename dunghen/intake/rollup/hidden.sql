-- Medians and percentiles of a field or procedure stand only where its count is shown; the count itself
-- stands in the breakdown.
CREATE OR REPLACE TEMP TABLE distribution AS
SELECT
    source.authority_code,
    source.coverage,
    source.period_kind,
    source.first_day,
    source.last_day,
    source.dimension,
    source.item,
    source.kind,
    CASE WHEN source.dimension = 'whole' THEN source.dossiers END AS dossiers,
    source.median,
    source.p90
FROM distribution_source AS source
LEFT JOIN breakdown
    ON
    source.authority_code = breakdown.authority_code
    AND source.coverage = breakdown.coverage
    AND source.period_kind = breakdown.period_kind
    AND source.first_day = breakdown.first_day
    AND source.dimension = breakdown.dimension
    AND source.item = breakdown.item
WHERE
    source.dimension = 'whole'
    OR (source.kind = 'days_late' AND breakdown.late IS NOT NULL)
    OR (source.kind = 'processing_days' AND breakdown.resolved IS NOT NULL);

-- An authority's classes of age stand all or none: none if one of them is 1 to 4, since they add up to a
-- count that is public. An area's also go where its shown offices would leave one hidden office, or hidden
-- offices with 1 to 4 in a class, or where another area lies within it. What is hidden has a row for every
-- class, so that not even a 0 can be told.
CREATE OR REPLACE TEMP TABLE age_told AS
WITH own AS (
    SELECT
        authority_code,
        last_day,
        min(dossiers) < 5 AS is_small
    FROM overdue_age_source
    WHERE coverage = 'own'
    GROUP BY authority_code, last_day
),

hidden_part AS (
    SELECT
        member.authority_code,
        part.class,
        sum(part.dossiers) AS dossiers
    FROM member
    INNER JOIN own ON member.member_code = own.authority_code AND own.is_small
    INNER JOIN overdue_age_source AS part
        ON own.authority_code = part.authority_code AND part.coverage = 'own'
    WHERE member.coverage = 'area'
    GROUP BY ALL
),

hidden_member AS (
    SELECT
        member.authority_code,
        count(*) AS offices
    FROM member
    INNER JOIN own ON member.member_code = own.authority_code AND own.is_small
    WHERE member.coverage = 'area'
    GROUP BY member.authority_code
),

outer_area AS (
    SELECT DISTINCT around.authority_code
    FROM member AS around
    INNER JOIN member AS inside
        ON
        around.member_code = inside.member_code
        AND around.authority_code <> inside.authority_code
        AND inside.coverage = 'area'
    INNER JOIN span ON inside.authority_code = span.authority_code AND span.coverage = 'area'
    INNER JOIN span AS outer_span
        ON
        around.authority_code = outer_span.authority_code
        AND outer_span.coverage = 'area'
        AND span.last_day = outer_span.last_day
    WHERE around.coverage = 'area'
)

SELECT
    source.authority_code,
    source.coverage,
    source.last_day,
    min(source.dossiers) >= 5
    AND (
        source.coverage = 'own'
        OR (
            source.authority_code NOT IN (SELECT authority_code FROM outer_area)
            AND source.authority_code NOT IN (SELECT authority_code FROM hidden_member WHERE offices = 1)
            AND source.authority_code NOT IN (SELECT authority_code FROM hidden_part WHERE dossiers < 5)
        )
    ) AS is_told
FROM overdue_age_source AS source
GROUP BY source.authority_code, source.coverage, source.last_day;

CREATE OR REPLACE TEMP TABLE overdue_age AS
SELECT
    authority_code,
    coverage,
    last_day,
    class,
    dossiers,
    FALSE AS under_5
FROM overdue_age_source
WHERE (authority_code, coverage) IN (SELECT (authority_code, coverage) FROM age_told WHERE is_told)
UNION ALL
SELECT
    authority_code,
    coverage,
    last_day,
    unnest(['1-7', '8-30', '31-90', '91-365', '366+', 'due_in_3']),
    NULL,
    FALSE
FROM age_told
WHERE NOT is_told;
