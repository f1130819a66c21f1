-- Rows of one number in one import: exact repeats count once, different versions not at all.
CREATE TEMP TABLE number_twice AS
SELECT dossier_key
FROM dossier_row
WHERE fault IS NULL
GROUP BY dossier_key
HAVING count(*) > 1;

CREATE TEMP TABLE said_twice AS
SELECT
    dossier_row.rowid AS place,
    dossier_row.dossier_key,
    content(
        authority_code, procedure_code, field, channel, status, received_at, original_due_at, due_at,
        finished_at, supplements, extended
    ) AS content
FROM dossier_row
SEMI JOIN number_twice ON dossier_row.dossier_key = number_twice.dossier_key
WHERE fault IS NULL;

UPDATE dossier_row
SET fault = CASE WHEN judged.differs THEN 'two_versions dossier_number' ELSE 'repeated' END
FROM (
    SELECT
        place,
        min(content) OVER one_number != max(content) OVER one_number AS differs,
        place != min(place) OVER one_number AS is_repeat
    FROM said_twice
    WINDOW one_number AS (PARTITION BY dossier_key)
) AS judged
WHERE dossier_row.rowid = judged.place AND (judged.differs OR judged.is_repeat);

DROP TABLE said_twice;

DROP TABLE number_twice;
