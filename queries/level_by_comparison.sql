-- Where in one place are most dossiers not on time, whatever the level of the authority?
-- grain: one row per child of the place with a figure in the period
-- order: most dossiers not on time first, then name in Vietnamese order, then code
SELECT
    authority.authority_code,
    authority.authority_name,
    authority.short_name,
    authority.level,
    authority.illustrative,
    rate.numerator,
    rate.denominator,
    rate.denominator - rate.numerator AS not_on_time,
    rate.rate,
    sum(rate.numerator) OVER (PARTITION BY authority.level)::BIGINT AS level_numerator,
    sum(rate.denominator) OVER (PARTITION BY authority.level)::BIGINT AS level_denominator,
    share_of(
        sum(rate.numerator) OVER (PARTITION BY authority.level),
        sum(rate.denominator) OVER (PARTITION BY authority.level)
    )::DOUBLE AS level_rate
FROM comparable
INNER JOIN rate ON comparable.report_id = rate.report_id
INNER JOIN authority ON comparable.authority_code = authority.authority_code
WHERE
    comparable.parent_code = $parent_code
    AND comparable.last_day = $last_day
    AND comparable.first_day IS NOT DISTINCT FROM $first_day
    AND comparable.record_kind = coalesce($record_kind, 'published')
    AND comparable.source_kind = $source_kind
    AND comparable.coverage = $coverage
    AND rate.definition_code = $definition_code
    AND rate.denominator IS NOT NULL
ORDER BY
    not_on_time DESC NULLS LAST,
    authority.short_name COLLATE vi ASC,
    authority.authority_code ASC
