-- Which exports of offices were taken in, and what became of their rows?
-- grain: one row per import
-- order: real ones first, then import_id
SELECT
    import_id,
    illustrative,
    record,
    as_of,
    mapping,
    rows_read,
    rows_loaded,
    rows_quarantined,
    rows_repeated,
    rows_replaced
FROM intake
ORDER BY illustrative ASC, import_id ASC
