-- What do all the authorities of a comparison make together, and what does their parent's own report say?
-- grain: one row
-- order: none, there is one row
-- finish: intervals, target
WITH figure AS (
    SELECT
        authority.authority_code,
        authority.parent_code,
        authority.level,
        counts.coverage,
        counts.last_day,
        rate.numerator,
        rate.denominator,
        rate.rate
    FROM counts
    INNER JOIN rate ON counts.report_id = rate.report_id
    INNER JOIN authority ON counts.authority_code = authority.authority_code
    WHERE
        counts.is_whole
        AND counts.last_day = $last_day
        AND counts.first_day IS NOT DISTINCT FROM $first_day
        AND counts.source_kind = $source_kind
        AND rate.definition_code = $definition_code
    QUALIFY row_number() OVER (
        PARTITION BY counts.authority_code ORDER BY counts.observed_at DESC, counts.report_id
    ) = 1
),

child AS (
    SELECT
        numerator,
        denominator,
        rate
    FROM figure
    WHERE parent_code = $parent_code AND level = $level AND coverage = $coverage
)

SELECT
    asked.authority_code,
    asked.authority_name,
    (SELECT count(*) FROM child) AS authorities_with_report,
    (SELECT count(rate) FROM child) AS authorities_with_rate,
    (SELECT sum(numerator)::BIGINT FROM child WHERE rate IS NOT NULL) AS numerator,
    (SELECT sum(denominator)::BIGINT FROM child WHERE rate IS NOT NULL) AS denominator,
    share_of(
        (SELECT sum(numerator)::BIGINT FROM child WHERE rate IS NOT NULL),
        (SELECT sum(denominator)::BIGINT FROM child WHERE rate IS NOT NULL)
    ) AS rate,
    (SELECT median(rate) FROM child) AS median_rate,
    parent.numerator AS parent_numerator,
    parent.denominator AS parent_denominator,
    parent.denominator - parent.numerator AS parent_not_on_time,
    parent.rate AS parent_rate,
    parent.coverage AS parent_coverage,
    $first_day AS first_day,
    $last_day AS last_day,
    $definition_code AS definition_code,
    $source_kind AS source_kind,
    $level AS level
FROM authority AS asked
LEFT JOIN figure AS parent ON asked.authority_code = parent.authority_code
WHERE asked.authority_code = $parent_code
