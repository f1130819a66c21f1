-- How long have the dossiers been overdue that are still open, and how many fall due soon?
-- grain: one row per coverage and class of days overdue; due_in_3 is promised within three working days
-- order: whole area before own office, longest overdue first, those due soon last
SELECT
    overdue_age.coverage,
    overdue_age.class,
    overdue_age.class = 'due_in_3' AS is_due_soon,
    overdue_age.last_day,
    overdue_age.dossiers
FROM overdue_age
WHERE
    overdue_age.authority_code = $authority_code
    AND ($coverage IS NULL OR overdue_age.coverage = $coverage)
ORDER BY
    overdue_age.coverage ASC,
    list_position(['366+', '91-365', '31-90', '8-30', '1-7', 'due_in_3'], overdue_age.class) ASC
