-- How many rows one table of an export has.
SELECT count(*) AS dossiers
FROM dossier_row
WHERE part = $part
