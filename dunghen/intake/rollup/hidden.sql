-- noqa: disable=capitalisation.types
-- (the linter takes the parameters of a macro for types)
CREATE OR REPLACE TEMP MACRO without_channels(names) AS nullif(
    array_to_string(
        list_filter(
            string_split(names, ','),
            LAMBDA name: name NOT IN ('received_online', 'received_offline')
        ),
        ','
    ),
    ''
);
-- noqa: enable=capitalisation.types

-- Of dossiers whose channel an export does not tell the counts by channel are not known, nor are they hidden.
UPDATE breakdown
SET
    received_online = NULL,
    received_offline = NULL,
    under_5 = without_channels(breakdown.under_5),
    hidden = without_channels(breakdown.hidden)
FROM breakdown_source AS source
WHERE
    source.is_channel_untold
    AND breakdown.authority_code = source.authority_code
    AND breakdown.coverage = source.coverage
    AND breakdown.period_kind = source.period_kind
    AND breakdown.first_day = source.first_day
    AND breakdown.dimension = source.dimension
    AND breakdown.item = source.item;

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

-- Classes of age are told of whole areas only, and of none within another, so that nothing can be subtracted;
-- and all or none: none if one of them is 1 to 4, since they add up to a count that is public. What is hidden
-- has a row for every class, so that not even a 0 can be told.
CREATE OR REPLACE TEMP TABLE age_told AS
SELECT
    authority_code,
    coverage,
    last_day,
    coverage = 'area'
    AND authority_code NOT IN (SELECT child_code FROM tree)
    AND min(dossiers) >= 5 AS is_told
FROM overdue_age_source
GROUP BY authority_code, coverage, last_day;

CREATE OR REPLACE TEMP TABLE overdue_age AS
SELECT
    authority_code,
    coverage,
    last_day,
    class,
    dossiers
FROM overdue_age_source
WHERE (authority_code, coverage) IN (SELECT (authority_code, coverage) FROM age_told WHERE is_told)
UNION ALL
SELECT
    authority_code,
    coverage,
    last_day,
    unnest(['1-7', '8-30', '31-90', '91-365', '366+', 'due_in_3']),
    NULL
FROM age_told
WHERE NOT is_told;
