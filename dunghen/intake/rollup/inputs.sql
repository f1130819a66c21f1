-- What the roll-ups need besides the sums. Reads the variables `facts` (a JSON list: import.json of every
-- import), `registry` (CSV files of authorities) and `procedures` (CSV files: the shipped list, own ones).
CREATE OR REPLACE TEMP TABLE authority AS
SELECT
    authority_code,
    parent_code,
    level,
    valid_from::DATE AS valid_from,
    valid_to::DATE AS valid_to
FROM
    read_csv(
        getvariable('registry'),
        all_varchar = TRUE, union_by_name = TRUE, header = TRUE, delim = ',', quote = '"', escape = '"'
    )
-- as in reference.sql
QUALIFY
    row_number() OVER (
        PARTITION BY authority_code
        ORDER BY length(source_id) DESC NULLS FIRST, source_id DESC
    ) = 1;

CREATE OR REPLACE TEMP TABLE nesting AS
SELECT
    procedure_code,
    field
FROM
    read_csv(
        getvariable('procedures'),
        all_varchar = TRUE, union_by_name = TRUE, header = TRUE, delim = ',', quote = '"', escape = '"'
    )
-- as in reference.sql, but every way to write a code stays: a sum that nests in no field would be hidden less
QUALIFY
    row_number() OVER (
        PARTITION BY upper(procedure_code)
        ORDER BY length(source_id) DESC NULLS FIRST, source_id DESC
    ) = 1;

CREATE OR REPLACE TEMP TABLE fact AS
SELECT unnest(from_json(getvariable('facts')::JSON, '[{
    "import_id": "VARCHAR", "sequence": "BIGINT", "record": "VARCHAR", "as_of": "DATE", "mapping": "VARCHAR",
    "source_id": "VARCHAR", "rows_read": "BIGINT", "rows_loaded": "BIGINT", "rows_quarantined": "BIGINT",
    "rows_repeated": "BIGINT", "rows_replaced": "BIGINT", "authorities": "MAP(VARCHAR, DATE)",
    "complete_for": "VARCHAR",
    "reasons": [{"reason": "VARCHAR", "column": "VARCHAR", "rows": "BIGINT"}]
}]'), max_depth := 2);

CREATE OR REPLACE TEMP TABLE intake AS
SELECT
    import_id,
    record,
    as_of,
    mapping,
    rows_read,
    rows_loaded,
    rows_quarantined,
    rows_repeated,
    rows_replaced
FROM fact;

CREATE OR REPLACE TEMP TABLE quarantine_reason AS
WITH listed AS (
    SELECT
        import_id,
        unnest(reasons, max_depth := 2)
    FROM fact
)

SELECT
    import_id,
    reason,
    "column" AS column_name,
    rows
FROM listed;

CREATE OR REPLACE TEMP TABLE office_fact AS
SELECT
    unnest(map_keys(authorities)) AS authority_code,
    unnest(map_values(authorities)) AS last_day,
    as_of,
    sequence,
    source_id
FROM fact
WHERE record = 'dossiers';

-- Who has nothing new to tell that an export does not hold: the authority it is complete for, all beneath it.
CREATE OR REPLACE TEMP TABLE spoken_for AS
WITH RECURSIVE below AS (
    SELECT
        complete_for AS authority_code,
        as_of AS last_day
    FROM fact
    WHERE record = 'dossiers' AND complete_for IS NOT NULL
    UNION
    SELECT
        authority.authority_code,
        below.last_day
    FROM below
    INNER JOIN authority ON below.authority_code = authority.parent_code
)

SELECT
    authority_code,
    last_day
FROM below;

-- An authority's figures end with the latest day that an export which has rows of it speaks of, or one that
-- is complete for it.
CREATE OR REPLACE TEMP TABLE horizon AS
WITH heard AS (
    SELECT
        authority_code,
        last_day
    FROM office_fact
    UNION ALL
    SELECT
        authority_code,
        last_day
    FROM spoken_for
)

SELECT
    authority_code,
    max(last_day) AS last_day
FROM heard
GROUP BY authority_code;

-- Its source is that of the newest of those exports.
CREATE OR REPLACE TEMP TABLE dossier_source AS
SELECT
    authority_code,
    source_id
FROM office_fact
QUALIFY row_number() OVER (PARTITION BY authority_code ORDER BY as_of DESC, sequence DESC) = 1;

CREATE OR REPLACE TEMP VIEW told_days AS
SELECT
    coalesce(min(last_day), DATE '2025-01-01') AS first_day,
    coalesce(max(last_day), DATE '2025-01-01') AS last_day
FROM horizon;
