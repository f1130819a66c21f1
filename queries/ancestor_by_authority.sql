-- In which larger authorities does this one lie, and how do they stand?
-- grain: one row per ancestor, from the parent up to the nation
-- order: nearest ancestor first
-- finish: intervals
WITH RECURSIVE step AS (
    SELECT
        1::BIGINT AS steps,
        parent_code AS authority_code
    FROM authority
    WHERE authority_code = $authority_code
    UNION ALL
    SELECT
        step.steps + 1 AS steps,
        authority.parent_code AS authority_code
    FROM step
    INNER JOIN authority ON step.authority_code = authority.authority_code
    WHERE step.steps < 6
)

SELECT
    step.steps,
    step.authority_code,
    authority.authority_name,
    authority.level,
    authority.authority_kind,
    authority.valid_to,
    figures.authority_code IS NOT NULL AS has_figures,
    headline.definition_code,
    headline.first_day,
    headline.last_day,
    counts.coverage,
    counts.source_id,
    counts.portal_not_on_time,
    counts.late,
    headline.numerator,
    headline.denominator,
    headline.rate,
    headline.reason
FROM step
INNER JOIN authority ON step.authority_code = authority.authority_code
LEFT JOIN figures_of_authority AS figures ON step.authority_code = figures.authority_code
LEFT JOIN headline ON step.authority_code = headline.authority_code AND headline.newest = 1
LEFT JOIN counts ON headline.report_id = counts.report_id
ORDER BY step.steps ASC
