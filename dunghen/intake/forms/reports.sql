-- The rows of a form, understood, and what is wrong with them. Nothing of a row's own words is kept.

-- What a row's own counts would be, whole and not negative; anything else is a fault below.
CREATE OR REPLACE TEMP TABLE form_count AS
PIVOT (
    SELECT
        ordinal,
        column_name,
        number::BIGINT AS amount
    FROM form_cell
    WHERE is_measure AND NOT is_percent AND number >= 0 AND number < 1e15 AND NOT has_fraction
)
ON column_name IN (
    'carried_over',
    'received_online',
    'received_in_person',
    'received_postal',
    'received_offline',
    'received',
    'received_and_carried_over',
    'early',
    'on_due_date',
    'on_time',
    'late',
    'resolved',
    'withdrawn',
    'returned',
    'withdrawn_or_returned',
    'undated_resolved',
    'undated_open',
    'in_progress',
    'overdue',
    'open_total',
    'handled',
    'due',
    'portal_total',
    'portal_on_time'
)
USING max(amount)
GROUP BY ordinal;

CREATE OR REPLACE TEMP TABLE form_field AS
WITH written AS (
    SELECT
        field,
        field AS name
    FROM reference.field
    UNION
    SELECT
        field,
        field_name_vi
    FROM reference.field
    UNION
    SELECT
        field,
        field_name_en
    FROM reference.field
    UNION
    SELECT
        field,
        field_code
    FROM reference.field_code
    UNION
    SELECT
        code,
        written
    FROM form_code
    WHERE column_name = 'field'
)

SELECT
    form_row.ordinal,
    if(count(DISTINCT written.field) = 1, any_value(written.field), NULL) AS field
FROM form_row
INNER JOIN written
    ON folded_text(written.name) = regexp_replace(folded_text(form_row.field), '^linh vuc\s+', '')
GROUP BY form_row.ordinal;

-- Rows that head a group of fields ("A | TTHC thuộc thẩm quyền của UBND xã") and repeat the sums of the rows
-- below it. Other figures beside such a name are a row to look at, not one to pass over.
CREATE OR REPLACE TEMP TABLE form_group AS
WITH heading AS (
    SELECT form_row.ordinal
    FROM form_row
    CROSS JOIN form_rule
    INNER JOIN form_line ON form_row.ordinal = form_line.ordinal
    LEFT JOIN form_field ON form_row.ordinal = form_field.ordinal
    WHERE
        form_rule.is_by_field
        AND NOT form_line.is_total
        AND NOT form_line.is_passed_over
        AND form_field.field IS NULL
        AND regexp_full_match(folded_text(form_row.row_label), '(?:[a-z]|[ivx]+) ?[.)]?')
        AND regexp_matches(
            folded_text(form_row.field), '^(?:cac |nhom )?(?:tthc|thu tuc hanh chinh)\b|\bthuoc tham quyen\b'
        )
),

amount AS (
    UNPIVOT form_count
    ON COLUMNS(* EXCLUDE (ordinal))
    INTO NAME column_name VALUE amount
),

counted AS (
    SELECT DISTINCT column_name
    FROM amount
),

told AS (
    SELECT
        form_line.ordinal,
        counted.column_name,
        coalesce(amount.amount, 0) AS amount,
        NOT form_line.is_total
        AND form_line.ordinal NOT IN (SELECT heading.ordinal FROM heading) AS is_field
    FROM form_line
    CROSS JOIN counted
    LEFT JOIN amount
        ON form_line.ordinal = amount.ordinal AND counted.column_name = amount.column_name
),

added_up AS (
    SELECT
        ordinal,
        column_name,
        amount,
        sum(if(is_field, amount, 0)) OVER (PARTITION BY column_name ORDER BY ordinal) AS so_far
    FROM told
),

line AS (
    SELECT
        ordinal,
        list(so_far ORDER BY column_name) AS so_far,
        list(so_far + amount ORDER BY column_name) AS with_it
    FROM added_up
    GROUP BY ordinal
)

SELECT DISTINCT heading.ordinal
FROM heading
INNER JOIN line ON heading.ordinal = line.ordinal
INNER JOIN line AS last_line ON heading.ordinal <= last_line.ordinal AND line.with_it = last_line.so_far;

UPDATE form_line SET is_passed_over = TRUE
WHERE ordinal IN (SELECT form_group.ordinal FROM form_group);

CREATE OR REPLACE TEMP TABLE form_draft AS
SELECT
    form_line.ordinal,
    form_line.is_total,
    coalesce(form_named.authority_code, form_authority.authority_code) AS authority_code,
    coalesce(first_day.moment::DATE, form_rule.first_day) AS first_day,
    form_named.last_day,
    CASE
        WHEN form_rule.coverage <> 'by_level' THEN form_rule.coverage
        WHEN authority.level IN ('nation', 'region', 'province', 'district', 'group') THEN 'area'
        ELSE 'own'
    END AS coverage,
    form_field.field,
    coalesce(plain_text(form_row.channel), form_rule.channel) AS channel,
    form_rule.remit,
    form_count.* EXCLUDE (ordinal), -- noqa: ambiguous.column_count
    (rate.number / if(rate.is_percent OR form_rule.rate_is_percent, 100, 1))::DECIMAL(18, 6)
        AS published_rate,
    average.number::DECIMAL(18, 3) AS average_days,
    coalesce(strftime(observed_at.moment, '%Y-%m-%dT%H:%M:%S+07:00'), form_rule.observed_at) AS observed_at
FROM form_line
CROSS JOIN form_rule
INNER JOIN form_row ON form_line.ordinal = form_row.ordinal
INNER JOIN form_named ON form_line.ordinal = form_named.ordinal
LEFT JOIN form_count ON form_line.ordinal = form_count.ordinal
LEFT JOIN form_field ON form_line.ordinal = form_field.ordinal
LEFT JOIN form_authority
    ON form_named.authority = form_authority.authority
    AND form_named.authority_by = form_authority.authority_by
    AND form_named.last_day IS NOT DISTINCT FROM form_authority.last_day
LEFT JOIN reference.authority AS authority
    ON coalesce(form_named.authority_code, form_authority.authority_code) = authority.authority_code
LEFT JOIN form_day AS first_day
    ON form_line.ordinal = first_day.ordinal AND first_day.column_name = 'first_day'
LEFT JOIN form_day AS observed_at
    ON form_line.ordinal = observed_at.ordinal
    AND observed_at.column_name = if(form_row.observed_at IS NULL, 'as_of', 'observed_at')
LEFT JOIN form_cell AS rate ON form_line.ordinal = rate.ordinal AND rate.column_name = 'published_rate'
LEFT JOIN form_cell AS average
    ON form_line.ordinal = average.ordinal AND average.column_name = 'average_days'
WHERE NOT form_line.is_passed_over;

-- A total is a row of its own only where rows are fields of one office: then it is the whole office.
CREATE OR REPLACE TEMP TABLE form_part AS
SELECT
    form_draft.*, -- noqa: ambiguous.column_count
    NOT form_draft.is_total OR form_rule.is_by_field AS is_own_row
FROM form_draft
CROSS JOIN form_rule;

CREATE OR REPLACE TEMP TABLE form_fault AS
WITH fault AS (
    SELECT
        ordinal,
        column_name,
        'looks_personal' AS reason
    FROM form_cell
    WHERE is_personal
    UNION ALL
    SELECT
        ordinal,
        column_name,
        'unreadable_number'
    FROM form_cell
    WHERE
        is_measure
        AND NOT is_personal
        AND (
            number IS NULL
            OR number < 0
            OR number >= 1e15
            OR (column_name <> 'published_rate' AND is_percent)
        )
    UNION ALL
    SELECT
        ordinal,
        column_name,
        'count_with_fraction'
    FROM form_cell
    WHERE
        is_measure
        AND NOT is_personal
        AND has_fraction
        AND column_name NOT IN ('published_rate', 'average_days')
    UNION ALL
    -- a workbook keeps a cell that shows 99,7% as 0.997, and what it shows is not read
    SELECT
        form_cell.ordinal,
        form_cell.column_name,
        'percent_or_share'
    FROM form_cell
    CROSS JOIN form_rule
    WHERE
        form_rule.is_workbook
        AND form_rule.rate_is_percent
        AND form_cell.column_name = 'published_rate'
        AND NOT form_cell.is_percent
        AND form_cell.number > 0
        AND form_cell.number <= 1
    UNION ALL
    SELECT
        ordinal,
        column_name,
        'unreadable_date'
    FROM form_day
    WHERE moment IS NULL
    UNION ALL
    SELECT
        ordinal,
        'published_rate',
        'rate_out_of_range'
    FROM form_draft
    WHERE published_rate > 1
    UNION ALL
    SELECT
        form_draft.ordinal,
        'field',
        if(form_row.field IS NULL, 'missing_value', 'unknown_field')
    FROM form_draft
    CROSS JOIN form_rule
    INNER JOIN form_row ON form_draft.ordinal = form_row.ordinal
    WHERE form_rule.is_by_field AND NOT form_draft.is_total AND form_draft.field IS NULL
    UNION ALL
    SELECT
        ordinal,
        'channel',
        'unknown_channel'
    FROM form_draft
    WHERE channel NOT IN ('online', 'in_person', 'postal')
    UNION ALL
    SELECT
        form_part.ordinal,
        'authority',
        CASE
            WHEN form_named.authority IS NULL THEN 'missing_value'
            WHEN form_authority.candidates > 1 THEN 'ambiguous_authority'
            ELSE 'unknown_authority'
        END
    FROM form_part
    INNER JOIN form_named ON form_part.ordinal = form_named.ordinal
    LEFT JOIN form_authority
        ON form_named.authority = form_authority.authority
        AND form_named.authority_by = form_authority.authority_by
        AND form_named.last_day IS NOT DISTINCT FROM form_authority.last_day
    WHERE form_part.is_own_row AND form_part.authority_code IS NULL
    UNION ALL
    SELECT
        ordinal,
        'last_day',
        if(last_day IS NULL, 'missing_value', 'days_in_wrong_order')
    FROM form_draft
    WHERE last_day IS NULL OR first_day > last_day
    UNION ALL
    SELECT
        ordinal,
        NULL,
        'part_over_total'
    FROM form_draft
    WHERE
        portal_on_time > portal_total
        OR greatest(coalesce(on_time, early + on_due_date), early, on_due_date, late)
        > least(resolved, handled)
        -- what was on time can be no more than all there was: a rate above 100% would stop the publication
        OR coalesce(on_time, early + on_due_date, resolved - late)
        > least(
            due,
            coalesce(
                received_and_carried_over,
                coalesce(received, received_online + coalesce(received_offline, received_in_person))
                + carried_over
            )
        )
        OR early > on_time
        OR greatest(in_progress, overdue) > open_total
        OR greatest(received_online, received_offline) > received
        OR greatest(received, carried_over) > received_and_carried_over
)

SELECT
    fault.ordinal,
    fault.column_name,
    fault.reason
FROM fault
INNER JOIN form_line ON fault.ordinal = form_line.ordinal
WHERE NOT form_line.is_passed_over;

-- A report that stands twice in the file, in the same figures (a repeat) or in others.
CREATE OR REPLACE TEMP TABLE form_version AS
WITH sound AS (
    SELECT *
    FROM form_part
    WHERE is_own_row AND ordinal NOT IN (SELECT form_fault.ordinal FROM form_fault)
),

version AS (
    SELECT DISTINCT * EXCLUDE (ordinal, is_total)
    FROM sound
),

report_in_file AS (
    SELECT
        authority_code,
        first_day,
        last_day,
        field,
        channel,
        count(*) AS versions
    FROM version
    GROUP BY
        authority_code,
        first_day,
        last_day,
        field,
        channel
)

SELECT
    sound.ordinal,
    report_in_file.versions,
    row_number() OVER (
        PARTITION BY sound.authority_code, sound.first_day, sound.last_day, sound.field, sound.channel
        ORDER BY sound.ordinal
    ) AS occurrence
FROM sound
INNER JOIN report_in_file
    ON sound.authority_code = report_in_file.authority_code
    AND sound.first_day IS NOT DISTINCT FROM report_in_file.first_day
    AND sound.last_day = report_in_file.last_day
    AND sound.field IS NOT DISTINCT FROM report_in_file.field
    AND sound.channel IS NOT DISTINCT FROM report_in_file.channel;

INSERT INTO form_fault
SELECT
    ordinal,
    NULL,
    'two_versions'
FROM form_version
WHERE versions > 1;

-- Where a total is not the sum of its rows, by column: told, never mended. Where a row does not tell the
-- count there is nothing to compare.
CREATE OR REPLACE TEMP TABLE form_mismatch AS
WITH amount AS (
    UNPIVOT form_count
    ON COLUMNS(* EXCLUDE (ordinal))
    INTO NAME column_name VALUE amount
),

line AS (
    SELECT
        form_draft.ordinal,
        form_draft.is_total,
        if(form_rule.is_by_field, form_draft.authority_code, NULL) AS office
    FROM form_draft
    CROSS JOIN form_rule
    LEFT JOIN form_version ON form_draft.ordinal = form_version.ordinal
    WHERE coalesce(form_version.occurrence, 1) = 1
),

part AS (
    SELECT
        line.office,
        amount.column_name,
        sum(amount.amount)::BIGINT AS parts_sum,
        count(*) AS parts
    FROM line
    INNER JOIN amount ON line.ordinal = amount.ordinal
    WHERE NOT line.is_total
    GROUP BY
        line.office,
        amount.column_name
),

whole AS (
    SELECT
        office,
        count(*) AS parts
    FROM line
    WHERE NOT is_total
    GROUP BY office
)

SELECT
    line.ordinal,
    amount.column_name,
    amount.amount AS total,
    part.parts_sum
FROM line
INNER JOIN amount ON line.ordinal = amount.ordinal
INNER JOIN part ON line.office IS NOT DISTINCT FROM part.office AND amount.column_name = part.column_name
INNER JOIN whole ON line.office IS NOT DISTINCT FROM whole.office AND part.parts = whole.parts
WHERE line.is_total AND amount.amount <> part.parts_sum;
