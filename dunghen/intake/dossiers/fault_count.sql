-- How many rows have which fault.
SELECT
    fault,
    count(*) AS dossiers
FROM dossier_row
GROUP BY fault
ORDER BY fault
