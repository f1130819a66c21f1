-- Why were rows of an export put aside?
-- grain: one row per import, reason and column
-- order: real imports first, import_id, most rows first, reason, column
SELECT
    import_id,
    illustrative,
    reason,
    column_name,
    quarantine_reason.rows
FROM quarantine_reason
ORDER BY illustrative ASC, import_id ASC, quarantine_reason.rows DESC, reason ASC, column_name ASC NULLS FIRST
