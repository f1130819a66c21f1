-- Of how many rows of one table a day can be read only with day and month changed round, by column.
SELECT
    split_part(fault, ' ', 2) AS column_name,
    count(*) AS dossiers
FROM dossier_row
WHERE part = $part AND starts_with(fault, 'swapped_date ')
GROUP BY column_name
ORDER BY column_name
