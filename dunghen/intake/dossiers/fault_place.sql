-- Which rows of one table are quarantined: their numbers in it, from 0, and their faults.
SELECT
    rowid - $first_row AS ordinal,
    fault
FROM dossier_row
WHERE part = $part AND fault NOT IN ('total', 'signature', 'repeated', 'blank')
ORDER BY rowid
