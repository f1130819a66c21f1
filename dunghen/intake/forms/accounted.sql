-- How many rows were read, quarantined, repeats of an earlier one, and none of the table's.
WITH repeat AS (
    SELECT form_version.ordinal
    FROM form_version
    WHERE form_version.ordinal NOT IN (SELECT form_fault.ordinal FROM form_fault)
    GROUP BY form_version.ordinal
    HAVING min(form_version.occurrence) > 1
)

SELECT
    count(*) FILTER (WHERE NOT form_line.is_passed_over) AS rows_read,
    count(*) FILTER (WHERE form_line.ordinal IN (SELECT form_fault.ordinal FROM form_fault))
        AS rows_quarantined,
    count(*) FILTER (WHERE form_line.ordinal IN (SELECT repeat.ordinal FROM repeat)) AS rows_repeated,
    count(*) FILTER (WHERE form_line.is_passed_over) AS rows_passed_over
FROM form_line;
