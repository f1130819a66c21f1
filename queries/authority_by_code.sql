-- Who is this authority, whose is it, and does it have figures of its own?
-- grain: one row per authority (the one asked for)
-- order: none, there is one row
SELECT
    authority.authority_code,
    authority.gso_code,
    authority.portal_code,
    authority.authority_name,
    authority.short_name,
    authority.level,
    authority.authority_kind,
    authority.parent_code,
    parent.authority_name AS parent_name,
    authority.province_code,
    province.authority_name AS province_name,
    authority.valid_from,
    authority.valid_from_is_bound,
    authority.valid_to,
    authority.valid_to_is_bound,
    era_of(authority.valid_to) AS era,
    authority.illustrative,
    authority.latitude,
    authority.longitude,
    authority.area_km2,
    figures.authority_code IS NOT NULL AS has_figures,
    coalesce(figures.headlines, 0) AS headlines,
    coalesce(figures.reports, 0) AS reports,
    coalesce(figures.editions, 0) AS editions,
    coalesce(figures.indicators, 0) AS indicators,
    (
        SELECT count(DISTINCT counts.report_id)
        FROM counts
        INNER JOIN rate ON counts.report_id = rate.report_id
        WHERE counts.authority_code = $authority_code AND rate.rate IS NOT NULL
    ) AS reports_with_rate,
    (
        SELECT count(DISTINCT indicator.indicator_code)
        FROM indicator
        INNER JOIN indicator_kind ON indicator.indicator_code = indicator_kind.indicator_code
        WHERE
            indicator.authority_code = $authority_code
            AND indicator_kind.indicator_group = 'published_on_time'
            AND indicator_kind.unit = 'percent'
    ) AS on_time_shares,
    (
        SELECT max(changed_on)
        FROM boundary_change
        WHERE authority_code = $authority_code
    ) AS boundary_changed_on
FROM authority
LEFT JOIN authority AS parent ON authority.parent_code = parent.authority_code
LEFT JOIN authority AS province ON authority.province_code = province.authority_code
LEFT JOIN figures_of_authority AS figures ON authority.authority_code = figures.authority_code
WHERE authority.authority_code = $authority_code
