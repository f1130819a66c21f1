-- Fills the table authority from the registry's files, as staging.sql holds them. The imaginary authorities
-- of illustrative.csv are marked as such and bring their own portal codes.
INSERT INTO authority BY NAME
WITH RECURSIVE listed AS (
    SELECT
        authority_code,
        gso_code,
        authority_name,
        short_name,
        authority_kind,
        level,
        parent_code,
        valid_from,
        valid_from_is_bound,
        valid_to,
        valid_to_is_bound,
        latitude,
        longitude,
        area_km2,
        FALSE AS illustrative
    FROM staging.authorities
    UNION ALL
    SELECT
        authority_code,
        gso_code,
        authority_name,
        short_name,
        authority_kind,
        level,
        parent_code,
        valid_from,
        valid_from_is_bound,
        valid_to,
        valid_to_is_bound,
        latitude,
        longitude,
        area_km2,
        FALSE
    FROM staging.others
    UNION ALL
    SELECT
        authority_code,
        gso_code,
        authority_name,
        short_name,
        authority_kind,
        level,
        parent_code,
        valid_from,
        valid_from_is_bound,
        valid_to,
        valid_to_is_bound,
        latitude,
        longitude,
        area_km2,
        TRUE
    FROM staging.illustrative
),

province_of AS (
    SELECT
        authority_code,
        authority_code AS province_code
    FROM listed
    WHERE level = 'province'
    UNION ALL
    SELECT
        listed.authority_code,
        province_of.province_code
    FROM listed
    INNER JOIN province_of ON listed.parent_code = province_of.authority_code
),

-- An authority can have several codes at the portal: the shortest is the one to print.
known_portal_code AS (
    SELECT
        portal_code,
        authority_code
    FROM staging.portal_codes
    UNION ALL
    SELECT
        portal_code,
        authority_code
    FROM staging.illustrative
    WHERE portal_code IS NOT NULL
),

portal_code_of AS (
    SELECT
        authority_code,
        min_by(portal_code, (length(portal_code), portal_code)) AS portal_code
    FROM known_portal_code
    GROUP BY authority_code
)

SELECT
    listed.authority_code,
    listed.gso_code,
    portal_code_of.portal_code,
    listed.authority_name,
    listed.short_name,
    listed.authority_kind,
    listed.level,
    listed.parent_code,
    province_of.province_code,
    listed.valid_from,
    coalesce(listed.valid_from_is_bound, FALSE) AS valid_from_is_bound,
    listed.valid_to,
    coalesce(listed.valid_to_is_bound, FALSE) AS valid_to_is_bound,
    listed.latitude,
    listed.longitude,
    listed.area_km2,
    listed.illustrative
FROM listed
LEFT JOIN province_of ON listed.authority_code = province_of.authority_code
LEFT JOIN portal_code_of ON listed.authority_code = portal_code_of.authority_code
ORDER BY listed.authority_code ASC;

INSERT INTO authority_portal_code BY NAME
SELECT
    portal_code,
    authority_code
FROM staging.illustrative
WHERE portal_code IS NOT NULL
ORDER BY portal_code ASC;
