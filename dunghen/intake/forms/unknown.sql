-- Which texts were not recognised, and why, without the texts.
SELECT DISTINCT
    form_fault.reason,
    hash(form_cell.content) AS written
FROM form_fault
INNER JOIN form_cell
    ON form_fault.ordinal = form_cell.ordinal AND form_fault.column_name = form_cell.column_name
WHERE form_fault.reason IN ('unknown_authority', 'ambiguous_authority', 'unknown_field')
