-- What an attacker can add up in a breakdown: its rows in a fixed order, and the sums between them.
-- Reads the views suppression_source, suppression_tree and suppression_nesting that suppression.py makes.

-- Authorities that sums connect: a province with everything under it. One component, one block of work.
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

-- A procedure is a part of its field, so the two dimensions make one block.
CREATE OR REPLACE TEMP TABLE suppression_row AS
WITH numbered AS (
    SELECT
        source.*,
        dense_rank() OVER (
            ORDER BY component.component, replace(source.dimension, 'procedure', 'field')
        ) - 1 AS block
    FROM suppression_source AS source
    INNER JOIN suppression_component AS component ON source.authority_code = component.authority_code
    WHERE source.coverage = 'own' OR source.authority_code NOT IN (FROM suppression_twin)
)

SELECT
    *, -- noqa: AM04
    row_number() OVER (
        ORDER BY block, authority_code, coverage, dimension, period_kind, first_day, item
    ) - 1 AS place,
    CASE period_kind
        WHEN 'month' THEN 'quarter'
        WHEN 'quarter' THEN 'year'
    END AS longer_kind,
    CASE period_kind
        WHEN 'month' THEN cast(date_trunc('quarter', first_day) AS DATE)
        WHEN 'quarter' THEN cast(date_trunc('year', first_day) AS DATE)
    END AS longer_first_day
FROM numbered
ORDER BY place;

-- One row per place in a sum: those of one `sum` and `kind` with sign 1, less those with sign -1, are
-- something everybody knows: 0, or the public count of the whole office.
CREATE OR REPLACE TEMP TABLE suppression_link AS
WITH longer AS (
    SELECT
        part.place,
        whole.place AS whole_place,
        part.first_day = whole.first_day AS is_first,
        part.last_day = whole.last_day AS is_last
    FROM suppression_row AS part
    INNER JOIN suppression_row AS whole
        ON
        part.authority_code = whole.authority_code
        AND part.coverage = whole.coverage
        AND part.dimension = whole.dimension
        AND part.item = whole.item
        AND part.longer_kind = whole.period_kind
        AND part.longer_first_day = whole.first_day
),

-- Only the kinds of period that have a shorter one beside them.
longer_whole AS (
    SELECT whole.place
    FROM suppression_row AS whole
    INNER JOIN (
        SELECT DISTINCT
            block,
            dimension,
            longer_kind
        FROM suppression_row
    ) AS shorter
        ON
        whole.block = shorter.block
        AND whole.dimension = shorter.dimension
        AND whole.period_kind = shorter.longer_kind
),

area_part AS (
    SELECT
        authority_code AS whole_code,
        authority_code AS part_code,
        'own' AS part_coverage
    FROM (SELECT DISTINCT authority_code FROM suppression_source) -- noqa: AL10
    UNION ALL
    SELECT
        tree.parent_code,
        tree.child_code,
        child.coverage
    FROM suppression_tree AS tree
    -- an authority with nothing under it may have rows of its own office only
    INNER JOIN (
        SELECT
            authority_code,
            min(coverage) AS coverage
        FROM suppression_row
        GROUP BY authority_code
    ) AS child ON tree.child_code = child.authority_code
),

procedure_field AS (
    SELECT
        procedures.place,
        fields.place AS whole_place
    FROM suppression_row AS procedures
    INNER JOIN suppression_nesting AS nesting ON procedures.item = nesting.procedure_code
    INNER JOIN suppression_row AS fields
        ON
        procedures.authority_code = fields.authority_code
        AND procedures.coverage = fields.coverage
        AND procedures.period_kind = fields.period_kind
        AND procedures.first_day = fields.first_day
        AND nesting.field = fields.item
    WHERE procedures.dimension = 'procedure' AND fields.dimension = 'field'
),

place_in_sum AS (
    SELECT
        'items' AS kind,
        min(place) OVER (
            PARTITION BY authority_code, coverage, dimension, period_kind, first_day
        ) AS sum,
        place,
        1 AS sign
    FROM suppression_row
    UNION ALL
    SELECT
        'flow',
        whole_place,
        place,
        1
    FROM longer
    UNION ALL
    SELECT
        'stock',
        whole_place,
        place,
        1
    FROM longer
    WHERE is_last
    UNION ALL
    SELECT
        'carried',
        whole_place,
        place,
        1
    FROM longer
    WHERE is_first
    UNION ALL
    SELECT
        kind.name,
        place,
        place, -- noqa: AL08
        -1
    FROM longer_whole
    CROSS JOIN (VALUES ('flow'), ('stock'), ('carried')) AS kind (name)
    UNION ALL
    SELECT
        'area',
        whole.place,
        part.place, -- noqa: AL08
        1
    FROM suppression_row AS whole
    INNER JOIN area_part ON whole.authority_code = area_part.whole_code
    INNER JOIN suppression_row AS part
        ON
        area_part.part_code = part.authority_code
        AND area_part.part_coverage = part.coverage
        AND whole.dimension = part.dimension
        AND whole.period_kind = part.period_kind
        AND whole.first_day = part.first_day
        AND whole.item = part.item
    WHERE whole.coverage = 'area'
    UNION ALL
    SELECT
        'area',
        place,
        place, -- noqa: AL08
        -1
    FROM suppression_row
    WHERE coverage = 'area'
    UNION ALL
    SELECT
        'nesting',
        whole_place,
        place,
        1
    FROM procedure_field
    UNION ALL
    SELECT DISTINCT
        'nesting',
        whole_place,
        whole_place, -- noqa: AL08
        -1
    FROM procedure_field
    UNION ALL
    -- what was open at the end of one period was carried over into the next
    SELECT
        'chain',
        later.place,
        earlier.place, -- noqa: AL08
        -1
    FROM suppression_row AS earlier
    INNER JOIN suppression_row AS later
        ON
        earlier.authority_code = later.authority_code
        AND earlier.coverage = later.coverage
        AND earlier.dimension = later.dimension
        AND earlier.item = later.item
        AND earlier.period_kind = later.period_kind
        AND cast(earlier.last_day + INTERVAL 1 DAY AS DATE) = later.first_day
)

SELECT
    place_in_sum.kind,
    place_in_sum.sum,
    place_in_sum.place,
    place_in_sum.sign,
    suppression_row.block
FROM place_in_sum
INNER JOIN suppression_row ON place_in_sum.place = suppression_row.place
ORDER BY suppression_row.block, place_in_sum.kind, place_in_sum.sum, place_in_sum.place;
