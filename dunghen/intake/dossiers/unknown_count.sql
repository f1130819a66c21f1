-- How many different texts stand where nothing was recognised, by fault.
SELECT
    fault,
    count(DISTINCT unknown) AS codes
FROM dossier_row
WHERE regexp_full_match(fault, '(unknown_authority|ambiguous_authority|unknown_procedure|unknown_field) .*')
GROUP BY fault
ORDER BY fault
