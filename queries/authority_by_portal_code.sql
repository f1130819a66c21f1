-- Whose code at the national portal is this?
-- grain: one row (none for a code that the portal does not use)
-- order: none, there is at most one row
SELECT
    portal_code,
    authority_code
FROM authority_portal_code
WHERE upper(portal_code) = upper($authority_code)
