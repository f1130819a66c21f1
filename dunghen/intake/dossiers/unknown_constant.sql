-- Which constants of a mapping are in no list?
WITH constant AS (
    SELECT
        'authority' AS name,
        $authority::VARCHAR AS written,
        meaning_of(spelt($authority::VARCHAR), authorities).code AS code
    FROM reference.listed
    UNION ALL
    SELECT
        'procedure_code',
        $procedure_code::VARCHAR,
        coalesce(
            meaning_of(upper($procedure_code::VARCHAR), procedures),
            meaning_of(national_code(upper($procedure_code::VARCHAR)), procedures)
        ).code
    FROM reference.listed
    UNION ALL
    SELECT
        'field_code',
        $field_code::VARCHAR,
        meaning_of(spelt($field_code::VARCHAR), fields).code
    FROM reference.listed
)

SELECT name
FROM constant
WHERE written IS NOT NULL AND code IS NULL
ORDER BY name
