-- Puts the lists that an office brought beside those of data/ (variables: own_sources, a JSON list, and the
-- files of each table, shipped ones and own; only own ones have a source_id). A shipped entry stays.
-- The latest list has the greatest number: danh-muc-10000 came after danh-muc-9999.
-- A procedure has one entry, whichever province's form of its code is written: 1.001234.000.00.00.H44 is
-- 1.001234 (as reference.sql and national_code in dossier_macros.sql have it for imports).
-- noqa: disable=CP05,LT02
CREATE TEMP MACRO procedure_key(code) AS
    coalesce(
        nullif(regexp_extract(upper(code), '^(\d\.\d{6})\.\d{3}\.\d{2}\.\d{2}\.H\d{2}$', 1), ''), upper(code)
    );
-- noqa: enable=CP05,LT02

INSERT INTO source BY NAME
WITH told AS (
    SELECT unnest(
        from_json(
            getvariable('own_sources')::JSON,
            '[{"source_id": "VARCHAR", "title": "VARCHAR", "url": "VARCHAR"}]'
        ),
        max_depth := 2
    )
)

SELECT
    source_id,
    title,
    url,
    'office' AS source_kind,
    'transcribed' AS verification,
    'Danh mục do đơn vị đưa vào để gọi tên thủ tục, lĩnh vực, đơn vị; không có số liệu.' AS note_vi,
    'A list that an office brought to name procedures, fields or authorities; it holds no figures.' AS note_en
FROM told
ORDER BY source_id ASC;

CREATE TEMP TABLE own_field AS
SELECT
    own.field,
    own.field_name_vi,
    own.field_name_en,
    own.source_id
FROM
    read_csv(
        getvariable('files_of_fields'),
        all_varchar = TRUE, union_by_name = TRUE, header = TRUE, delim = ',', quote = '"', escape = '"'
    ) AS own
ANTI JOIN field ON own.field = field.field
QUALIFY
    row_number() OVER (
        PARTITION BY own.field
        ORDER BY length(own.source_id) DESC, own.source_id DESC
    ) = 1;

CREATE TEMP TABLE own_procedure AS
SELECT
    own.procedure_code,
    own.field,
    own.procedure_name_vi,
    own.procedure_name_en,
    own.source_id
FROM
    read_csv(
        getvariable('files_of_procedures'),
        all_varchar = TRUE, union_by_name = TRUE, header = TRUE, delim = ',', quote = '"', escape = '"'
    ) AS own
ANTI JOIN procedure ON procedure_key(own.procedure_code) = procedure_key(procedure.procedure_code)
QUALIFY
    row_number() OVER (
        PARTITION BY procedure_key(own.procedure_code)
        ORDER BY length(own.source_id) DESC, own.source_id DESC
    ) = 1;

CREATE TEMP TABLE own_department AS
SELECT
    own.authority_code,
    own.authority_name,
    coalesce(own.short_name, own.authority_name) AS short_name,
    own.authority_kind,
    own.level,
    own.parent_code,
    own.source_id
FROM
    read_csv(
        getvariable('files_of_departments'),
        all_varchar = TRUE, union_by_name = TRUE, header = TRUE, delim = ',', quote = '"', escape = '"'
    ) AS own
ANTI JOIN authority ON own.authority_code = authority.authority_code
QUALIFY
    row_number() OVER (
        PARTITION BY own.authority_code
        ORDER BY length(own.source_id) DESC, own.source_id DESC
    ) = 1;

CREATE TEMP TABLE own_portal_code AS
SELECT
    own.portal_code,
    own.authority_code,
    own.source_id
FROM
    read_csv(
        getvariable('files_of_portal_codes'),
        all_varchar = TRUE, union_by_name = TRUE, header = TRUE, delim = ',', quote = '"', escape = '"'
    ) AS own
ANTI JOIN authority_portal_code AS known ON upper(own.portal_code) = upper(known.portal_code)
QUALIFY
    row_number() OVER (
        PARTITION BY upper(own.portal_code)
        ORDER BY length(own.source_id) DESC, own.source_id DESC
    ) = 1;

-- a list without English names is shown by the Vietnamese ones
INSERT INTO field BY NAME
SELECT
    field,
    field_name_vi,
    coalesce(field_name_en, field_name_vi) AS field_name_en
FROM own_field
ORDER BY field ASC;

INSERT INTO procedure BY NAME
SELECT
    procedure_code,
    field,
    procedure_name_vi,
    procedure_name_en
FROM own_procedure
ORDER BY procedure_code ASC;

INSERT INTO authority BY NAME
SELECT
    own.authority_code,
    own.authority_code AS portal_code,
    own.authority_name,
    own.short_name,
    own.authority_kind,
    own.level,
    own.parent_code,
    parent.province_code
FROM own_department AS own
INNER JOIN authority AS parent ON own.parent_code = parent.authority_code
ORDER BY own.authority_code ASC;

INSERT INTO authority_portal_code BY NAME
SELECT
    portal_code,
    authority_code
FROM own_portal_code
ORDER BY portal_code ASC;

INSERT INTO list_entry BY NAME
SELECT
    'field' AS list_kind,
    field AS code,
    source_id
FROM own_field
UNION ALL
SELECT
    'procedure',
    procedure_code,
    source_id
FROM own_procedure
UNION ALL
SELECT
    'department',
    authority_code,
    source_id
FROM own_department
UNION ALL
SELECT
    'portal_code',
    portal_code,
    source_id
FROM own_portal_code
ORDER BY ALL;

DROP TABLE own_field;

DROP TABLE own_procedure;

DROP TABLE own_department;

DROP TABLE own_portal_code;

DROP MACRO procedure_key;
