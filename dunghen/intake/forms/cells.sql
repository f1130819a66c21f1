-- From a staged table of a form or an index (form_row, every cell text) to its cells, and which of its rows
-- are figures. form_rule holds, in its one row, what the mapping and the import say of the whole table.

-- One spelling of a text: composed, small letters, single spaces.
CREATE OR REPLACE TEMP MACRO plain_text(text) AS -- noqa: capitalisation.types
trim(regexp_replace(lower(nfc_normalize(text)), '\s+', ' ', 'g'));

-- The same without accents and without the words that only say that it is an office.
CREATE OR REPLACE TEMP MACRO folded_text(text) AS -- noqa: capitalisation.types
regexp_replace(
    replace(strip_accents(plain_text(text)), 'đ', 'd'),
    '^(uy ban nhan dan|ubnd)\s+',
    ''
);

-- What people call a period: a month, a quarter, a year, else its days.
CREATE OR REPLACE TEMP MACRO period_label(first_day, last_day) AS CASE -- noqa: capitalisation.types
    WHEN first_day IS NULL
        THEN 'đến ' || strftime(last_day, '%d/%m/%Y')
    WHEN first_day = date_trunc('year', first_day) AND last_day = first_day + INTERVAL 1 YEAR - INTERVAL 1 DAY
        THEN 'năm ' || year(first_day)
    WHEN
        first_day = date_trunc('quarter', first_day)
        AND last_day = first_day + INTERVAL 3 MONTH - INTERVAL 1 DAY
        THEN 'quý ' || ['I', 'II', 'III', 'IV'][quarter(first_day)] || '/' || year(first_day)
    WHEN first_day = date_trunc('month', first_day) AND last_day = last_day(first_day)
        THEN 'tháng ' || month(first_day) || '/' || year(first_day)
    ELSE 'từ ' || strftime(first_day, '%d/%m/%Y') || ' đến ' || strftime(last_day, '%d/%m/%Y')
END;

-- What is counted has no fraction; 12.000 where a comma parts thousands is hardly twelve.
CREATE OR REPLACE TEMP MACRO has_fraction(number, content, decimal_mark) AS -- noqa: capitalisation.types
number <> floor(number) OR regexp_matches(content, '[' || decimal_mark || ']\d{3}$');

CREATE OR REPLACE TEMP TABLE form_cell AS
WITH cell AS (
    UNPIVOT form_row
    ON COLUMNS(* EXCLUDE (ordinal))
    INTO NAME column_name VALUE content
),

read AS (
    SELECT
        cell.ordinal,
        cell.column_name,
        cell.content,
        if(
            regexp_full_match(cell.content, form_rule.number_pattern),
            try_cast(
                replace(
                    regexp_replace(cell.content, form_rule.marks_without_value, '', 'g'),
                    form_rule.decimal_mark,
                    '.'
                ) AS DECIMAL(30, 12)
            ),
            NULL
        ) AS number
    FROM cell
    CROSS JOIN form_rule
)

SELECT
    cell.ordinal,
    cell.column_name,
    cell.content,
    cell.number,
    has_fraction(cell.number, cell.content, form_rule.decimal_mark) AS has_fraction,
    suffix(cell.content, '%') AS is_percent,
    NOT list_contains(form_rule.text_columns, cell.column_name) AS is_measure,
    -- of columns that are not read nothing is kept;
    -- 11203-2024, the code of a body that is no more, has nine digits too; so have 12.3333333 days
    cell.column_name NOT IN ('row_name', 'row_number')
    AND looks_personal(cell.content)
    AND NOT (
        NOT list_contains(form_rule.text_columns, cell.column_name)
        AND regexp_full_match(cell.content, '(0|[1-9]\d{0,4})[.,]\d+')
    )
    AND (
        cell.column_name <> 'authority'
        OR cell.content NOT IN (SELECT authority.authority_code FROM reference.authority AS authority)
    ) AS is_personal
FROM read AS cell
CROSS JOIN form_rule;

-- A row without any figure is none of the table's: a heading between rows, or who signed below the total.
CREATE OR REPLACE TEMP TABLE form_line AS
WITH described AS (
    SELECT
        form_row.ordinal,
        coalesce(
            bool_or(
                NOT form_cell.is_measure
                AND list_contains(form_rule.totals, plain_text(form_cell.content))
            ),
            FALSE
        ) AS is_total,
        count(form_cell.content) FILTER (WHERE form_cell.is_measure) AS measures,
        count(form_cell.number) FILTER (WHERE form_cell.is_measure) AS numbers
    FROM form_row
    CROSS JOIN form_rule
    LEFT JOIN form_cell ON form_row.ordinal = form_cell.ordinal
    GROUP BY form_row.ordinal
)

SELECT
    ordinal,
    is_total,
    numbers = 0
    AND (
        measures = 0
        OR coalesce(ordinal > max(ordinal) FILTER (WHERE is_total) OVER (), FALSE)
    ) AS is_passed_over
FROM described;

-- Days are read by the mapping's formats; the first that fits counts.
CREATE OR REPLACE TEMP TABLE form_day AS
SELECT
    form_cell.ordinal,
    form_cell.column_name,
    try_strptime(form_cell.content, getvariable('form_date_formats')) AS moment
FROM form_cell
WHERE form_cell.column_name IN ('first_day', 'last_day', 'observed_at', 'as_of');

-- Whom each row is about: its own cell, else the office that the whole table is of.
CREATE OR REPLACE TEMP TABLE form_named AS
SELECT
    form_row.ordinal,
    if(form_row.authority IS NULL, form_rule.authority_code, form_code.code) AS authority_code,
    coalesce(form_row.authority, if(form_rule.authority_code IS NULL, form_rule.authority_name, NULL))
        AS authority,
    form_rule.authority_by,
    coalesce(last_day.moment::DATE, form_rule.last_day, as_of.moment::DATE) AS last_day
FROM form_row
CROSS JOIN form_rule
LEFT JOIN form_code
    ON form_code.column_name = 'authority' AND plain_text(form_row.authority) = plain_text(form_code.written)
LEFT JOIN form_day AS last_day
    ON form_row.ordinal = last_day.ordinal AND last_day.column_name = 'last_day'
LEFT JOIN form_day AS as_of ON form_row.ordinal = as_of.ordinal AND as_of.column_name = 'as_of';

-- Accents are overlooked only where one body alone is left: Hoà is Hòa, but Tân Lập is not Tấn Lập.
CREATE OR REPLACE TEMP TABLE form_authority AS
WITH RECURSIVE within AS (
    SELECT authority.authority_code
    FROM reference.authority AS authority
    INNER JOIN form_rule ON authority.authority_code = form_rule.authority_parent
    UNION
    SELECT authority.authority_code
    FROM reference.authority AS authority
    INNER JOIN within ON authority.parent_code = within.authority_code
),

named_once AS (
    SELECT DISTINCT
        authority,
        authority_by,
        last_day,
        if(authority_by = 'name', string_split_regex(nfc_normalize(authority), '\s*,\s*'), [authority])
            AS parts
    FROM form_named
    WHERE authority IS NOT NULL AND authority_code IS NULL
),

-- "Xã X, huyện Y" names X in Y; "Sở Văn hóa, Thể thao và Du lịch" is one name.
divided AS (
    SELECT
        *,
        unnest(generate_series(1, len(parts))) AS kept
    FROM named_once
),

asked AS (
    SELECT
        authority,
        authority_by,
        last_day,
        array_to_string(parts[:kept], ', ') AS words,
        list_transform(parts[kept + 1:], LAMBDA part: bare_place(folded(part))) AS places
    FROM divided
),

above AS (
    SELECT
        authority.authority_code,
        [
            bare_place(folded(parent.authority_name)), bare_place(folded(province.authority_name))
        ] AS places
    FROM reference.authority AS authority
    LEFT JOIN reference.authority AS parent ON authority.parent_code = parent.authority_code
    LEFT JOIN reference.authority AS province ON parent.parent_code = province.authority_code
),

named AS (
    SELECT
        authority_code,
        authority_name AS name
    FROM reference.authority
    UNION
    SELECT
        authority_code,
        short_name
    FROM reference.authority
    UNION
    SELECT
        authority_code,
        other_name
    FROM reference.authority_other_name
),

known AS (
    SELECT
        authority_code,
        'code' AS authority_by,
        authority_code AS written
    FROM reference.authority
    UNION
    SELECT
        authority_code,
        'portal_code',
        portal_code
    FROM reference.authority_portal_code
    UNION
    SELECT
        named.authority_code,
        'name',
        folded_text(named.name)
    FROM named
    CROSS JOIN form_rule
    WHERE form_rule.authority_by = 'name' AND EXISTS (SELECT asked.authority FROM asked)
),

found AS (
    SELECT
        asked.authority,
        asked.authority_by,
        asked.last_day,
        known.authority_code,
        -- every province has departments of the same names, and the registry knows those of a few
        asked.authority_by = 'name'
        AND authority.level = 'department'
        AND form_rule.authority_parent IS NULL
        AND len(asked.places) = 0 AS is_any,
        asked.authority_by <> 'name'
        OR plain_text(authority.authority_name) = plain_text(
            regexp_replace(
                asked.words, '^(ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+', '', 'i'
            )
        ) AS is_exact
    FROM asked
    CROSS JOIN form_rule
    INNER JOIN known
        ON asked.authority_by = known.authority_by
        AND if(asked.authority_by = 'name', folded_text(asked.words), asked.authority) = known.written
    INNER JOIN reference.authority AS authority ON known.authority_code = authority.authority_code
    INNER JOIN above ON authority.authority_code = above.authority_code
    WHERE
        (
            form_rule.authority_parent IS NULL
            OR authority.authority_code IN (SELECT within.authority_code FROM within)
        )
        AND list_has_all(above.places, asked.places)
        AND (
            authority.valid_from IS NULL
            OR authority.valid_from_is_bound
            OR authority.valid_from <= asked.last_day
        )
        AND (
            authority.valid_to IS NULL
            OR authority.valid_to_is_bound
            OR authority.valid_to >= asked.last_day
        )
)

SELECT
    authority,
    authority_by,
    last_day,
    if(
        NOT bool_or(is_any) AND (count(*) = 1 OR count_if(is_exact) = 1),
        arg_max(authority_code, is_exact),
        NULL
    ) AS authority_code,
    if(bool_or(is_any), 2, count(*)) AS candidates
FROM found
GROUP BY
    authority,
    authority_by,
    last_day;
