-- The scores of an index table, one row per authority and criterion, and what is wrong with them.

-- A wide table has a column per criterion; a long one names the criterion in its row.
CREATE OR REPLACE TEMP TABLE form_score_cell AS
SELECT
    form_cell.ordinal,
    form_cell.column_name,
    substr(form_cell.column_name, length('criterion:') + 1) AS criterion,
    form_cell.number
FROM form_cell
WHERE starts_with(form_cell.column_name, 'criterion:')
UNION ALL
SELECT
    form_row.ordinal,
    'score',
    form_row.criterion,
    form_cell.number
FROM form_row
CROSS JOIN form_rule
LEFT JOIN form_cell ON form_row.ordinal = form_cell.ordinal AND form_cell.column_name = 'score'
WHERE NOT form_rule.is_wide;

-- A criterion goes by its code or its name; TOTAL is the whole index.
CREATE OR REPLACE TEMP TABLE form_criterion AS
WITH written AS (
    SELECT
        criterion.criterion_code,
        criterion.max_score::DECIMAL(9, 3) AS max_score,
        unnest([criterion.criterion_code, criterion.criterion_name_vi, criterion.criterion_name_en]) AS name
    FROM reference.criterion AS criterion
    INNER JOIN form_rule
        ON criterion.index_code = form_rule.index_code AND criterion.edition = form_rule.edition
    UNION ALL
    SELECT
        criterion.criterion_code,
        criterion.max_score::DECIMAL(9, 3),
        form_code.written
    FROM form_code
    CROSS JOIN form_rule
    INNER JOIN reference.criterion AS criterion
        ON form_code.code = criterion.criterion_code
        AND form_rule.index_code = criterion.index_code
        AND form_rule.edition = criterion.edition
    WHERE form_code.column_name = 'criterion'
),

asked AS (
    SELECT DISTINCT criterion
    FROM form_score_cell
    WHERE criterion IS NOT NULL
)

SELECT
    asked.criterion,
    if(count(DISTINCT written.criterion_code) = 1, any_value(written.criterion_code), NULL) AS criterion_code,
    any_value(written.max_score) AS max_score
FROM asked
INNER JOIN written ON folded_text(asked.criterion) = folded_text(written.name)
GROUP BY asked.criterion;

CREATE OR REPLACE TEMP TABLE form_draft AS
SELECT
    form_line.ordinal,
    form_score_cell.column_name,
    form_score_cell.criterion,
    coalesce(form_named.authority_code, form_authority.authority_code) AS authority_code,
    form_criterion.criterion_code,
    form_criterion.max_score,
    form_score_cell.number AS exact_score,
    round(form_score_cell.number, 3)::DECIMAL(18, 3) AS score,
    maximum.number AS told_maximum,
    -- in a wide table the place is that of the whole index
    if(form_rule.is_wide AND form_criterion.criterion_code <> 'TOTAL', NULL, place.number) AS published_rank,
    if(form_rule.is_wide AND form_criterion.criterion_code <> 'TOTAL', NULL, places.number)
        AS published_rank_of
FROM form_line
CROSS JOIN form_rule
INNER JOIN form_score_cell ON form_line.ordinal = form_score_cell.ordinal
INNER JOIN form_named ON form_line.ordinal = form_named.ordinal
LEFT JOIN form_criterion ON form_score_cell.criterion = form_criterion.criterion
LEFT JOIN form_authority
    ON form_named.authority = form_authority.authority
    AND form_named.authority_by = form_authority.authority_by
    AND form_named.last_day IS NOT DISTINCT FROM form_authority.last_day
LEFT JOIN form_cell AS maximum ON form_line.ordinal = maximum.ordinal AND maximum.column_name = 'max_score'
LEFT JOIN form_cell AS place ON form_line.ordinal = place.ordinal AND place.column_name = 'rank'
LEFT JOIN form_cell AS places ON form_line.ordinal = places.ordinal AND places.column_name = 'rank_of'
WHERE NOT form_line.is_passed_over AND NOT form_line.is_total;

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
            OR number >= 1e5
            OR is_percent
            OR (column_name IN ('rank', 'rank_of') AND number = 0)
        )
    UNION ALL
    SELECT
        ordinal,
        column_name,
        'count_with_fraction'
    FROM form_cell
    WHERE column_name IN ('rank', 'rank_of') AND NOT is_personal AND has_fraction
    UNION ALL
    -- more than the three decimals that are kept; the noise of a workbook's own sums is none
    SELECT
        ordinal,
        column_name,
        'too_many_decimals'
    FROM form_draft
    WHERE abs(exact_score - score) > 0.000001
    UNION ALL
    SELECT DISTINCT
        ordinal,
        'authority',
        'unknown_authority'
    FROM form_draft
    WHERE authority_code IS NULL
    UNION ALL
    SELECT
        ordinal,
        if(column_name = 'score', 'criterion', column_name),
        if(criterion IS NULL, 'missing_value', 'unknown_criterion')
    FROM form_draft
    WHERE criterion_code IS NULL
    UNION ALL
    SELECT
        ordinal,
        column_name,
        'score_over_maximum'
    FROM form_draft
    WHERE score > max_score
    UNION ALL
    SELECT
        ordinal,
        'max_score',
        'maximum_differs'
    FROM form_draft
    WHERE told_maximum <> max_score
    UNION ALL
    SELECT
        ordinal,
        'rank',
        'rank_over_number'
    FROM form_draft
    WHERE published_rank > published_rank_of
)

SELECT
    fault.ordinal,
    fault.column_name,
    fault.reason
FROM fault
INNER JOIN form_line ON fault.ordinal = form_line.ordinal
WHERE NOT form_line.is_passed_over AND NOT form_line.is_total;

-- The same score that stands twice in the file, in the same figures (a repeat) or in others.
CREATE OR REPLACE TEMP TABLE form_version AS
WITH sound AS (
    SELECT
        ordinal,
        authority_code,
        criterion_code,
        struct_pack(
            score := score, published_rank := published_rank, published_rank_of := published_rank_of
        ) AS figures
    FROM form_draft
    WHERE
        ordinal NOT IN (SELECT form_fault.ordinal FROM form_fault)
        AND (score IS NOT NULL OR published_rank IS NOT NULL)
),

counted AS (
    SELECT
        authority_code,
        criterion_code,
        count(DISTINCT figures) AS versions
    FROM sound
    GROUP BY
        authority_code,
        criterion_code
)

SELECT
    sound.ordinal,
    sound.authority_code,
    sound.criterion_code,
    counted.versions,
    row_number() OVER (
        PARTITION BY sound.authority_code, sound.criterion_code
        ORDER BY sound.ordinal
    ) AS occurrence
FROM sound
INNER JOIN counted
    ON sound.authority_code = counted.authority_code AND sound.criterion_code = counted.criterion_code;

INSERT INTO form_fault
SELECT DISTINCT
    ordinal,
    NULL,
    'two_versions'
FROM form_version
WHERE versions > 1;

-- The rows to keep, with the columns of the table `score`.
CREATE OR REPLACE TEMP TABLE form_score AS
SELECT
    form_rule.index_code,
    form_rule.edition,
    form_draft.authority_code,
    form_draft.criterion_code,
    form_rule.first_day,
    form_rule.last_day,
    coalesce(form_rule.period_label, period_label(form_rule.first_day, form_rule.last_day)) AS period_label,
    form_draft.score::DECIMAL(9, 3) AS score,
    form_rule.score_kind,
    form_draft.published_rank::BIGINT AS published_rank,
    if(form_draft.published_rank IS NULL, NULL, form_draft.published_rank_of::BIGINT) AS published_rank_of,
    if(form_draft.published_rank IS NULL, NULL, form_rule.rank_rule) AS rank_rule,
    form_rule.qualifier,
    NULL::VARCHAR AS grade_code,
    form_rule.source_id,
    NULL::VARCHAR AS note_vi,
    NULL::VARCHAR AS note_en
FROM form_draft
CROSS JOIN form_rule
INNER JOIN form_version
    ON form_draft.ordinal = form_version.ordinal
    AND form_draft.criterion_code = form_version.criterion_code
    AND form_version.occurrence = 1
WHERE form_draft.ordinal NOT IN (SELECT form_fault.ordinal FROM form_fault)
ORDER BY
    form_draft.ordinal ASC,
    form_draft.criterion_code ASC;
