-- How many good rows tell nothing of the office they name: received and ended (or never accepted) before the
-- first month of its validity, or received after the last; all where the export is of a day before it.
SELECT count(*) AS dossiers
FROM dossier_row
INNER JOIN reference.authority ON dossier_row.authority_code = authority.authority_code
WHERE
    dossier_row.fault IS NULL
    AND (
        (
            dossier_row.received_at < date_trunc('month', authority.valid_from)
            AND (
                dossier_row.status IN (1, 3)
                OR (
                    dossier_row.status IN (7, 8, 9, 10)
                    AND dossier_row.finished_at < date_trunc('month', authority.valid_from)
                )
            )
        )
        OR getvariable('as_of') < date_trunc('month', authority.valid_from)
        OR dossier_row.received_at >= date_trunc('month', authority.valid_to) + INTERVAL 1 MONTH
    )
