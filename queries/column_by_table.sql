-- What does every table and view hold, column by column?
-- grain: one row per column
-- order: table, position of the column
SELECT
    columns.table_name,
    coalesce(tables.comment, views.comment) AS table_comment,
    columns.column_name,
    columns.data_type,
    columns.is_nullable,
    columns.comment AS column_comment
FROM duckdb_columns() AS columns
LEFT JOIN duckdb_tables() AS tables
    ON columns.table_oid = tables.table_oid AND columns.database_name = tables.database_name
LEFT JOIN duckdb_views() AS views
    ON columns.table_oid = views.view_oid AND columns.database_name = views.database_name
WHERE columns.database_name = current_database() AND NOT columns.internal
ORDER BY columns.table_name ASC, columns.column_index ASC
