-- Why were rows of an export put aside?
-- grain: one row per import, reason and column
-- order: real imports first, import_id, most rows first, reason, column
SELECT
    import_id,
    illustrative,
    reason,
    column_name,
    rows
FROM quarantine_reason
ORDER BY illustrative ASC, import_id ASC, rows DESC, reason ASC, column_name ASC NULLS FIRST
