-- The lists that an import is checked against, as in warehouse/schema.sql: those of the data folder (variable
-- `data`) and, after the shipped file, those that an office brought (variables `files_of_procedures` …).
-- Only an entry of an own list has a source_id: a shipped one counts first, then the latest.
CREATE SCHEMA reference;

CREATE TABLE reference.authority AS
SELECT
    authority_code,
    gso_code,
    authority_name,
    coalesce(short_name, authority_name) AS short_name,
    authority_kind,
    level,
    parent_code,
    valid_from::DATE AS valid_from,
    valid_to::DATE AS valid_to,
    coalesce(valid_from_is_bound = '1', FALSE) AS valid_from_is_bound,
    coalesce(valid_to_is_bound = '1', FALSE) AS valid_to_is_bound
FROM
    read_csv(
        list_concat(
            [
                getvariable('data') || '/registry/authorities.csv',
                getvariable('data') || '/registry/illustrative.csv'
            ],
            getvariable('files_of_departments')
        ),
        all_varchar = TRUE, union_by_name = TRUE, header = TRUE, delim = ',', quote = '"', escape = '"'
    )
QUALIFY
    row_number() OVER (
        PARTITION BY authority_code
        ORDER BY length(source_id) DESC NULLS FIRST, source_id DESC
    ) = 1;

CREATE TABLE reference.authority_other_name AS
FROM read_csv(
    [
        getvariable('data') || '/registry/other_names.csv',
        getvariable('data') || '/registry/other_names_by_hand.csv'
    ],
    all_varchar = TRUE
);

CREATE TABLE reference.authority_portal_code AS
WITH known AS (
    SELECT
        portal_code,
        authority_code,
        source_id
    FROM
        read_csv(
            getvariable('files_of_portal_codes'),
            all_varchar = TRUE, union_by_name = TRUE, header = TRUE, delim = ',', quote = '"', escape = '"'
        )
    UNION
    SELECT
        portal_code,
        authority_code,
        NULL
    FROM read_csv(getvariable('data') || '/registry/illustrative.csv', all_varchar = TRUE)
    WHERE portal_code IS NOT NULL
)

SELECT
    portal_code,
    authority_code
FROM known
QUALIFY
    row_number() OVER (
        PARTITION BY upper(portal_code)
        ORDER BY length(source_id) DESC NULLS FIRST, source_id DESC
    ) = 1;

CREATE TABLE reference.source AS
FROM read_csv(getvariable('data') || '/published/sources.csv', all_varchar = TRUE);

CREATE TABLE reference.field AS
SELECT
    field,
    field_name_vi,
    field_name_en
FROM
    read_csv(
        getvariable('files_of_fields'),
        all_varchar = TRUE, union_by_name = TRUE, header = TRUE, delim = ',', quote = '"', escape = '"'
    )
QUALIFY
    row_number() OVER (
        PARTITION BY field
        ORDER BY length(source_id) DESC NULLS FIRST, source_id DESC
    ) = 1;

CREATE TABLE reference.field_code AS
SELECT
    field_code,
    field
FROM
    read_csv(
        getvariable('files_of_field_codes'),
        all_varchar = TRUE, union_by_name = TRUE, header = TRUE, delim = ',', quote = '"', escape = '"'
    )
QUALIFY
    row_number() OVER (
        PARTITION BY lower(field_code)
        ORDER BY length(source_id) DESC NULLS FIRST, source_id DESC
    ) = 1;

CREATE TABLE reference.procedure AS
SELECT
    procedure_code,
    field,
    procedure_name_vi,
    procedure_name_en
FROM
    read_csv(
        getvariable('files_of_procedures'),
        all_varchar = TRUE, union_by_name = TRUE, header = TRUE, delim = ',', quote = '"', escape = '"'
    )
-- whichever province's form of a procedure is written, see national_code in dossier_macros.sql
QUALIFY
    row_number() OVER (
        PARTITION BY coalesce(national_code(upper(procedure_code)), upper(procedure_code))
        ORDER BY length(source_id) DESC NULLS FIRST, source_id DESC
    ) = 1;

CREATE TABLE reference.index_edition AS
FROM read_csv(getvariable('data') || '/indices/editions.csv', all_varchar = TRUE);

CREATE TABLE reference.criterion AS
FROM read_csv(getvariable('data') || '/indices/criteria.csv', all_varchar = TRUE);
