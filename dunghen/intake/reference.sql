-- The lists that an import is checked against, from the data folder, as in warehouse/schema.sql.
CREATE SCHEMA reference;

CREATE TABLE reference.authority AS
SELECT
    authority_code,
    gso_code,
    authority_name,
    short_name,
    authority_kind,
    level,
    parent_code,
    valid_from::DATE AS valid_from,
    valid_to::DATE AS valid_to,
    coalesce(valid_from_is_bound = '1', FALSE) AS valid_from_is_bound,
    coalesce(valid_to_is_bound = '1', FALSE) AS valid_to_is_bound
FROM read_csv(
    [
        getvariable('data') || '/registry/authorities.csv',
        getvariable('data') || '/registry/others.csv',
        getvariable('data') || '/registry/illustrative.csv'
    ],
    all_varchar = TRUE,
    union_by_name = TRUE
);

CREATE TABLE reference.authority_other_name AS
FROM read_csv(
    [
        getvariable('data') || '/registry/other_names.csv',
        getvariable('data') || '/registry/other_names_by_hand.csv'
    ],
    all_varchar = TRUE
);

CREATE TABLE reference.authority_portal_code AS
SELECT
    portal_code,
    authority_code
FROM read_csv(getvariable('data') || '/registry/portal_codes.csv', all_varchar = TRUE)
UNION
SELECT
    portal_code,
    authority_code
FROM read_csv(getvariable('data') || '/registry/illustrative.csv', all_varchar = TRUE)
WHERE portal_code IS NOT NULL;

CREATE TABLE reference.source AS
FROM read_csv(getvariable('data') || '/published/sources.csv', all_varchar = TRUE);

CREATE TABLE reference.field AS
FROM read_csv(getvariable('data') || '/reference/fields.csv', all_varchar = TRUE);

CREATE TABLE reference.field_code AS
FROM read_csv(getvariable('data') || '/reference/field_codes.csv', all_varchar = TRUE);

CREATE TABLE reference.procedure AS
FROM read_csv(getvariable('data') || '/reference/procedures.csv', all_varchar = TRUE);

CREATE TABLE reference.index_edition AS
FROM read_csv(getvariable('data') || '/indices/editions.csv', all_varchar = TRUE);

CREATE TABLE reference.criterion AS
FROM read_csv(getvariable('data') || '/indices/criteria.csv', all_varchar = TRUE);
