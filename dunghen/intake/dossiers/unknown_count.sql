-- How many different texts stand where nothing was recognised, by fault.
SELECT
    fault,
    count(DISTINCT unknown) AS codes
FROM dossier_row
WHERE
    regexp_full_match(
        fault, '(ambiguous_authority|unknown_(authority|procedure|field|channel|status)) .*'
    )
GROUP BY fault
ORDER BY fault
