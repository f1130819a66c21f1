-- What an export may write for a body, a procedure, a field, a status, a channel → our code for it.

-- Every way to write a body. Where a code or a name was used by several, one after another, the day of the
-- export decides; where it still names several, it names none: its code is NULL.
CREATE TABLE reference.authority_key AS
WITH RECURSIVE within AS (
    SELECT
        authority_code,
        gso_code,
        authority_name,
        short_name,
        level,
        parent_code
    FROM reference.authority
    WHERE $parent IS NULL OR authority_code = $parent
    UNION
    SELECT
        authority.authority_code,
        authority.gso_code,
        authority.authority_name,
        authority.short_name,
        authority.level,
        authority.parent_code
    FROM reference.authority
    INNER JOIN within ON authority.parent_code = within.authority_code
),

name AS (
    SELECT
        authority_code,
        level,
        parent_code,
        unnest([authority_name, short_name]) AS words
    FROM within
    WHERE NOT $by_code
    UNION
    SELECT
        within.authority_code,
        within.level,
        within.parent_code,
        other.other_name
    FROM reference.authority_other_name AS other
    INNER JOIN within ON other.authority_code = within.authority_code
    WHERE NOT $by_code
),

-- The district or province that a body lies in, and the province of that district.
above AS (
    SELECT
        parent.authority_code,
        parent.authority_name,
        bare_place(folded(parent.authority_name)) AS place,
        bare_place(folded(province.authority_name)) AS province
    FROM reference.authority AS parent
    LEFT JOIN reference.authority AS province
        ON parent.parent_code = province.authority_code AND province.level = 'province'
    WHERE parent.level IN ('province', 'district')
),

-- What is tried first counts: a code of statistics, then our own and the portal's, a name as it is written,
-- a name without its accents, a name with the place it lies in.
written AS (
    SELECT
        0 AS turn,
        written,
        meaning AS authority_code
    FROM reference.named_authority_code
    UNION
    SELECT
        1 AS turn,
        lower(gso_code) AS written,
        authority_code
    FROM within
    WHERE $by_code AND gso_code IS NOT NULL
    UNION
    SELECT
        2 AS turn,
        lower(authority_code) AS written,
        authority_code
    FROM within
    WHERE $by_code
    UNION
    -- H44.01.02 and 000.02.01.H44 are one code in two orders
    SELECT
        2 AS turn,
        unnest([
            lower(portal_code),
            lower(array_to_string(list_reverse(list_filter(
                string_split(portal_code, '.'), LAMBDA part: NOT regexp_full_match(part, '0+')
            )), '.')),
            left('000.00.00.', 14 - greatest(length(portal_code) + 1, 4)) || lower(array_to_string(
                list_reverse(string_split(portal_code, '.')), '.'
            ))
        ]) AS written,
        authority_code
    FROM reference.authority_portal_code AS portal
    SEMI JOIN within ON portal.authority_code = within.authority_code
    WHERE $by_code
    UNION
    SELECT
        3 AS turn,
        unnest([lower(words), 'ubnd ' || lower(words), 'ủy ban nhân dân ' || lower(words)]) AS written,
        authority_code
    FROM name
    UNION
    SELECT
        4 AS turn,
        'folded ' || unnest([folded(words), 'ubnd ' || folded(words), 'uy ban nhan dan ' || folded(words)])
            AS written,
        authority_code
    FROM name
    UNION
    -- "Sở X tỉnh Y" and "Sở X Y"
    SELECT
        5 AS turn,
        'folded ' || folded(name.words) || ' ' || unnest([folded(above.authority_name), above.place])
            AS written,
        name.authority_code
    FROM name
    INNER JOIN above ON name.parent_code = above.authority_code
    WHERE name.level = 'department'
    UNION
    -- "Xã X, huyện Y", "Xã X, tỉnh Z" and "Xã X, huyện Y, tỉnh Z"
    SELECT
        6 AS turn,
        'in ' || placed(name.words) || '|' || unnest(list_filter(
            [above.place, above.province, above.place || '|' || above.province],
            LAMBDA part: part IS NOT NULL
        )) AS written,
        name.authority_code
    FROM name
    INNER JOIN above ON name.parent_code = above.authority_code
),

candidate AS (
    SELECT
        written.turn,
        written.written,
        authority.authority_code,
        -- Every province has a department of the same name, and the registry knows those of a few: without a
        -- parent its name alone names none.
        authority.level = 'department'
        AND $parent IS NULL
        AND written.turn IN (3, 4) AS is_any,
        (authority.valid_from IS NULL OR authority.valid_from <= $as_of)
        AND (authority.valid_to IS NULL OR authority.valid_to >= $as_of) AS is_valid
    FROM written
    INNER JOIN reference.authority ON written.authority_code = authority.authority_code
),

decided AS (
    SELECT
        turn,
        written,
        CASE
            WHEN bool_or(is_any) THEN NULL
            WHEN count(*) FILTER (WHERE is_valid) = 1 THEN min(authority_code) FILTER (WHERE is_valid)
            WHEN count(*) = 1 THEN min(authority_code)
        END AS authority_code
    FROM candidate
    GROUP BY turn, written
)

SELECT
    written,
    arg_min(authority_code, turn) FILTER (WHERE authority_code IS NOT NULL) AS authority_code
FROM decided
WHERE authority_code IS NOT NULL OR NOT $by_code
GROUP BY written;

-- A list may write a procedure with its province, an export without, or the other way round.
CREATE TABLE reference.procedure_key AS
WITH written AS (
    SELECT
        0 AS turn,
        upper(procedure_code) AS written,
        procedure_code,
        field
    FROM reference.procedure
    UNION ALL
    SELECT
        1,
        national_code(upper(procedure_code)),
        procedure_code,
        field
    FROM reference.procedure
)

SELECT
    written,
    min(procedure_code) AS procedure_code,
    min(field) AS field
FROM written
WHERE written IS NOT NULL
GROUP BY written, turn
HAVING count(*) = 1
QUALIFY row_number() OVER (PARTITION BY written ORDER BY turn) = 1;

CREATE TABLE reference.field_key AS
WITH written AS (
    SELECT
        spelt(field_code) AS written,
        field
    FROM reference.field_code
    UNION
    SELECT
        unnest([spelt(field), spelt(field_name_vi)]) AS written,
        field
    FROM reference.field
    UNION
    SELECT
        written,
        meaning AS field
    FROM reference.named_field_code
)

SELECT
    written,
    min(field) AS field
FROM written
GROUP BY written
HAVING count(DISTINCT field) = 1;

-- One row with all these lists, each cut into short pieces: a text is looked for only in the piece that its
-- hash leads to, see `meaning_of`. Joining the lists instead would lose the order of the file; a cast to a
-- type of all ways to write a thing takes milliseconds for each text that is none of them.
CREATE TABLE reference.listed AS
WITH key AS (
    SELECT
        'authority' AS kind,
        written,
        authority_code AS code,
        NULL AS field
    FROM reference.authority_key
    UNION ALL
    SELECT
        'procedure',
        written,
        procedure_code,
        field
    FROM reference.procedure_key
    UNION ALL
    SELECT
        'field',
        written,
        field,
        NULL
    FROM reference.field_key
    UNION ALL
    SELECT
        'status',
        written,
        meaning,
        NULL
    FROM reference.status_code
    UNION ALL
    SELECT
        'channel',
        written,
        meaning,
        NULL
    FROM reference.channel_code
),

size AS (
    SELECT
        kinds.kind,
        greatest(count(key.written), 1) AS pieces
    FROM (VALUES ('authority'), ('procedure'), ('field'), ('status'), ('channel')) AS kinds (kind)
    LEFT JOIN key ON kinds.kind = key.kind
    GROUP BY kinds.kind
),

piece AS (
    SELECT
        key.kind,
        piece_of(key.written, size.pieces) AS place,
        map(list(key.written), list(struct_pack(code := key.code, field := key.field))) AS meanings
    FROM key
    INNER JOIN size ON key.kind = size.kind
    GROUP BY ALL
),

every_place AS (
    SELECT
        kind,
        unnest(generate_series(1, pieces)) AS place
    FROM size
),

joined AS (
    SELECT
        every_place.kind,
        list(piece.meanings ORDER BY every_place.place) AS pieces
    FROM every_place
    LEFT JOIN piece ON every_place.kind = piece.kind AND every_place.place = piece.place
    GROUP BY every_place.kind
)

SELECT
    any_value(pieces) FILTER (WHERE kind = 'authority') AS authorities,
    any_value(pieces) FILTER (WHERE kind = 'procedure') AS procedures,
    any_value(pieces) FILTER (WHERE kind = 'field') AS fields,
    any_value(pieces) FILTER (WHERE kind = 'status') AS statuses,
    any_value(pieces) FILTER (WHERE kind = 'channel') AS channels
FROM joined;
