-- Which bodies have rows in this import.
SELECT DISTINCT authority_code
FROM dossier_row
WHERE fault IS NULL
ORDER BY authority_code
