-- The rows of a breakdown with numbers for what they speak of, and which of them sums connect.
-- noqa: disable=AM04
-- Reads the views suppression_source, suppression_tree and suppression_nesting that publication.py makes.

-- Authorities that sums connect: a province with everything under it.
CREATE OR REPLACE TEMP TABLE suppression_component AS
WITH RECURSIVE pair AS (
    SELECT
        parent_code AS one,
        child_code AS other
    FROM suppression_tree
    UNION
    SELECT
        child_code AS one,
        parent_code AS other
    FROM suppression_tree
),

reached AS (
    SELECT
        authority_code,
        authority_code AS linked_code
    FROM (SELECT DISTINCT authority_code FROM suppression_source) -- noqa: AL10
    UNION
    SELECT
        reached.authority_code,
        pair.other AS linked_code
    FROM reached
    INNER JOIN pair ON reached.linked_code = pair.one
)

SELECT
    authority_code,
    min(linked_code) AS component
FROM reached
GROUP BY authority_code;

-- An authority with nothing under it: the rows of its area repeat those of its own office.
CREATE OR REPLACE TEMP TABLE suppression_twin AS
SELECT authority_code
FROM suppression_source
WHERE authority_code NOT IN (SELECT parent_code FROM suppression_tree)
GROUP BY authority_code
HAVING count(DISTINCT coverage) = 2;

CREATE OR REPLACE TEMP TABLE suppression_body AS
SELECT
    source.authority_code,
    source.coverage,
    component.component,
    row_number() OVER (ORDER BY component.component, source.authority_code, source.coverage) - 1 AS body
FROM suppression_source AS source
INNER JOIN suppression_component AS component ON source.authority_code = component.authority_code
WHERE source.coverage = 'own' OR source.authority_code NOT IN (FROM suppression_twin)
GROUP BY source.authority_code, source.coverage, component.component;

-- A procedure is a part of its field; those of a field stand together.
CREATE OR REPLACE TEMP TABLE suppression_part AS
WITH part AS (
    SELECT DISTINCT
        dimension,
        item
    FROM suppression_source
)

SELECT
    part.dimension,
    part.item,
    nesting.field,
    row_number() OVER (ORDER BY part.dimension, nesting.field NULLS LAST, part.item) - 1 AS part
FROM part
LEFT JOIN suppression_nesting AS nesting
    ON part.dimension = 'procedure' AND part.item = nesting.procedure_code;

-- A period is the same for all, also where a body's figures begin within it.
CREATE OR REPLACE TEMP TABLE suppression_period AS
SELECT
    period_kind,
    cast(date_trunc(period_kind, first_day) AS DATE) AS period_day,
    row_number() OVER (ORDER BY period_day, period_kind) - 1 AS period
FROM suppression_source
GROUP BY period_kind, period_day;

CREATE OR REPLACE TEMP TABLE suppression_row AS
SELECT
    body.component,
    source.dimension,
    body.body,
    part.part,
    period.period,
    source.closed_otherwise + source.undated_open AS set_apart,
    source.* EXCLUDE (authority_code, coverage, dimension, item, period_kind, first_day, last_day)
FROM suppression_source AS source
INNER JOIN suppression_body AS body
    ON source.authority_code = body.authority_code AND source.coverage = body.coverage
INNER JOIN suppression_part AS part
    ON source.dimension = part.dimension AND source.item = part.item
INNER JOIN suppression_period AS period
    ON
    source.period_kind = period.period_kind
    AND cast(date_trunc(source.period_kind, source.first_day) AS DATE) = period.period_day
WHERE
    -- Procedures of whole areas only, and of none within another: sums over offices would tell too much.
    source.dimension <> 'procedure'
    OR (source.coverage = 'area' AND source.authority_code NOT IN (SELECT child_code FROM suppression_tree));
