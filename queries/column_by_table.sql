-- What does every table and view hold, column by column?
-- grain: one row per column
-- order: table, position of the column
WITH described AS (
    SELECT
        table_name,
        comment
    FROM duckdb_tables()
    WHERE database_name = current_database() AND schema_name = 'main'
    UNION ALL
    SELECT
        view_name,
        comment
    FROM duckdb_views()
    WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal
)

SELECT
    columns.table_name,
    split_part(described.comment, ' | ', 1) AS table_comment_vi,
    split_part(described.comment, ' | ', 2) AS table_comment_en,
    columns.column_name,
    columns.data_type,
    columns.is_nullable,
    split_part(columns.comment, ' | ', 1) AS column_comment_vi,
    split_part(columns.comment, ' | ', 2) AS column_comment_en
FROM duckdb_columns() AS columns
INNER JOIN described ON columns.table_name = described.table_name
WHERE
    columns.database_name = current_database()
    AND columns.schema_name = 'main'
    AND NOT columns.internal
ORDER BY columns.table_name ASC, columns.column_index ASC
