-- The warehouse: tables filled from data/, and the views and macros that define every figure.
-- Counts are stored, rates are defined here and nowhere else.

---------------------------------------------------------------------------------------------------
-- Authorities
---------------------------------------------------------------------------------------------------

CREATE TABLE generation (
    generation VARCHAR PRIMARY KEY,
    first_day DATE NOT NULL,
    last_day DATE,
    province_count BIGINT NOT NULL,
    district_count BIGINT NOT NULL,
    commune_count BIGINT NOT NULL
);

CREATE TABLE authority (
    authority_code VARCHAR PRIMARY KEY,
    gso_code VARCHAR,
    portal_code VARCHAR UNIQUE,
    authority_name VARCHAR NOT NULL,
    short_name VARCHAR NOT NULL,
    authority_kind VARCHAR NOT NULL CHECK (authority_kind IN (
        'nation', 'region', 'ministry', 'group', 'department',
        'province', 'city',
        'urban_district', 'rural_district', 'town', 'provincial_city',
        'commune', 'ward', 'township', 'special_zone'
    )),
    level VARCHAR NOT NULL CHECK (level IN (
        'nation', 'region', 'ministry', 'group', 'province', 'department', 'district', 'commune'
    )),
    parent_code VARCHAR,
    province_code VARCHAR,
    valid_from DATE,
    valid_from_is_bound BOOLEAN NOT NULL DEFAULT FALSE,
    valid_to DATE,
    valid_to_is_bound BOOLEAN NOT NULL DEFAULT FALSE,
    latitude DOUBLE CHECK (latitude BETWEEN 6 AND 24),
    longitude DOUBLE CHECK (longitude BETWEEN 100 AND 120),
    area_km2 DOUBLE CHECK (area_km2 > 0),
    illustrative BOOLEAN NOT NULL DEFAULT FALSE,
    CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)
);

CREATE TABLE authority_other_name (
    authority_code VARCHAR NOT NULL REFERENCES authority (authority_code),
    other_name VARCHAR NOT NULL,
    PRIMARY KEY (authority_code, other_name)
);

CREATE TABLE authority_portal_code (
    portal_code VARCHAR PRIMARY KEY,
    authority_code VARCHAR NOT NULL REFERENCES authority (authority_code)
);

CREATE TABLE listing (
    generation VARCHAR NOT NULL REFERENCES generation (generation),
    authority_code VARCHAR NOT NULL REFERENCES authority (authority_code),
    parent_code VARCHAR,
    PRIMARY KEY (generation, authority_code)
);

CREATE TABLE successor (
    authority_code VARCHAR NOT NULL REFERENCES authority (authority_code),
    successor_code VARCHAR NOT NULL REFERENCES authority (authority_code),
    extent VARCHAR NOT NULL CHECK (extent IN ('whole', 'split')),
    is_main BOOLEAN NOT NULL,
    changed_on DATE NOT NULL,
    changed_on_is_bound BOOLEAN NOT NULL,
    basis VARCHAR NOT NULL CHECK (basis IN ('code', 'alias', 'same_name', 'converter', 'hand')),
    note VARCHAR,
    PRIMARY KEY (authority_code, successor_code),
    CHECK (authority_code <> successor_code)
);

CREATE TABLE boundary_change (
    authority_code VARCHAR NOT NULL REFERENCES authority (authority_code),
    changed_on DATE NOT NULL,
    changed_on_is_bound BOOLEAN NOT NULL,
    note VARCHAR,
    PRIMARY KEY (authority_code, changed_on)
);

---------------------------------------------------------------------------------------------------
-- Sources
---------------------------------------------------------------------------------------------------

CREATE TABLE source (
    source_id VARCHAR PRIMARY KEY,
    title VARCHAR NOT NULL,
    publisher VARCHAR,
    url VARCHAR CHECK (url IS NULL OR url LIKE 'http%'),
    source_kind VARCHAR NOT NULL CHECK (source_kind IN (
        'seed', 'press', 'portal', 'decision', 'package', 'office', 'illustrative'
    )),
    published_at VARCHAR,
    observed_at VARCHAR,
    collected_by VARCHAR,
    verification VARCHAR NOT NULL CHECK (verification IN (
        'transcribed', 'paraphrased', 'third_party', 'computed'
    )),
    terms VARCHAR,
    note_vi VARCHAR,
    note_en VARCHAR
);

---------------------------------------------------------------------------------------------------
-- Reports: counts as published
---------------------------------------------------------------------------------------------------

CREATE TABLE field (
    field VARCHAR PRIMARY KEY,
    field_name_vi VARCHAR NOT NULL,
    field_name_en VARCHAR NOT NULL
);

CREATE TABLE procedure (
    procedure_code VARCHAR PRIMARY KEY,
    field VARCHAR NOT NULL REFERENCES field (field),
    procedure_name_vi VARCHAR NOT NULL,
    procedure_name_en VARCHAR
);

CREATE TABLE list_entry (
    list_kind VARCHAR NOT NULL CHECK (list_kind IN ('field', 'procedure', 'department', 'portal_code')),
    code VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    PRIMARY KEY (list_kind, code)
);

CREATE TABLE definition (
    definition_code VARCHAR PRIMARY KEY,
    position BIGINT NOT NULL UNIQUE,
    headline_order BIGINT UNIQUE,
    formula VARCHAR NOT NULL
);

INSERT INTO definition VALUES
('resolved', 1, 1, 'on_time / resolved'),
('portal', 2, 2, '(on_time + in_progress) / (on_time + late + in_progress + overdue)'),
('accountable', 3, NULL, 'on_time / (resolved + overdue)'),
('handled', 4, 3, 'on_time / handled'),
('not_late', 5, 4, '1 - late / handled'),
('received', 6, NULL, 'on_time / (carried_over + received)'),
('due', 7, 5, 'on_time / due');

CREATE TABLE report (
    report_id VARCHAR PRIMARY KEY,
    authority_code VARCHAR NOT NULL REFERENCES authority (authority_code),
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    first_day DATE,
    last_day DATE,
    period_label VARCHAR NOT NULL,
    coverage VARCHAR NOT NULL CHECK (coverage IN ('own', 'area', 'unknown')),
    field VARCHAR REFERENCES field (field),
    channel VARCHAR CHECK (channel IN ('online', 'in_person', 'postal')),
    remit VARCHAR CHECK (remit IN ('own_competence')),
    counts_basis VARCHAR NOT NULL CHECK (counts_basis IN ('published', 'from_percentages')),
    carried_over BIGINT CHECK (carried_over >= 0),
    received_online BIGINT CHECK (received_online >= 0),
    received_in_person BIGINT CHECK (received_in_person >= 0),
    received_postal BIGINT CHECK (received_postal >= 0),
    received_offline BIGINT CHECK (received_offline >= 0),
    received BIGINT CHECK (received >= 0),
    received_and_carried_over BIGINT CHECK (received_and_carried_over >= 0),
    early BIGINT CHECK (early >= 0),
    on_due_date BIGINT CHECK (on_due_date >= 0),
    on_time BIGINT CHECK (on_time >= 0),
    late BIGINT CHECK (late >= 0),
    resolved BIGINT CHECK (resolved >= 0),
    withdrawn BIGINT CHECK (withdrawn >= 0),
    returned BIGINT CHECK (returned >= 0),
    withdrawn_or_returned BIGINT CHECK (withdrawn_or_returned >= 0),
    undated_resolved BIGINT CHECK (undated_resolved >= 0),
    undated_open BIGINT CHECK (undated_open >= 0),
    in_progress BIGINT CHECK (in_progress >= 0),
    overdue BIGINT CHECK (overdue >= 0),
    open_total BIGINT CHECK (open_total >= 0),
    handled BIGINT CHECK (handled >= 0),
    due BIGINT CHECK (due >= 0),
    portal_total BIGINT CHECK (portal_total >= 0),
    portal_on_time BIGINT CHECK (portal_on_time >= 0),
    published_rate DECIMAL(7, 6) CHECK (published_rate BETWEEN 0 AND 1),
    published_rate_definition VARCHAR CHECK (published_rate_definition IN (
        'resolved', 'portal', 'accountable', 'handled', 'not_late', 'received', 'due', 'unknown'
    )),
    average_days DECIMAL(9, 3) CHECK (average_days >= 0),
    observed_at VARCHAR,
    note_vi VARCHAR,
    note_en VARCHAR,
    verbatim VARCHAR,
    CHECK (first_day IS NULL OR first_day <= last_day),
    CHECK ((published_rate IS NULL) = (published_rate_definition IS NULL))
);

---------------------------------------------------------------------------------------------------
-- Other published figures
---------------------------------------------------------------------------------------------------

CREATE TABLE indicator_kind (
    indicator_code VARCHAR PRIMARY KEY,
    indicator_group VARCHAR NOT NULL,
    indicator_name_vi VARCHAR NOT NULL,
    indicator_name_en VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    note_vi VARCHAR,
    note_en VARCHAR
);

CREATE TABLE indicator (
    authority_code VARCHAR NOT NULL REFERENCES authority (authority_code),
    indicator_code VARCHAR NOT NULL REFERENCES indicator_kind (indicator_code),
    first_day DATE,
    last_day DATE,
    period_label VARCHAR NOT NULL,
    value DECIMAL(18, 4) NOT NULL,
    qualifier VARCHAR NOT NULL CHECK (qualifier IN ('exact', 'at_least', 'about', 'truncated')),
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    note_vi VARCHAR,
    note_en VARCHAR,
    verbatim VARCHAR,
    PRIMARY KEY (authority_code, indicator_code, period_label, source_id),
    CHECK (first_day IS NULL OR last_day IS NULL OR first_day <= last_day)
);

CREATE TABLE target (
    target_id VARCHAR PRIMARY KEY,
    authority_code VARCHAR NOT NULL REFERENCES authority (authority_code),
    owner_vi VARCHAR NOT NULL,
    owner_en VARCHAR NOT NULL,
    definition_code VARCHAR REFERENCES definition (definition_code),
    first_day DATE,
    last_day DATE,
    target_rate DECIMAL(7, 6) NOT NULL CHECK (target_rate BETWEEN 0 AND 1),
    comparison VARCHAR NOT NULL CHECK (comparison IN ('at_least', 'more_than')),
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    note_vi VARCHAR,
    note_en VARCHAR
);

CREATE TABLE oddity (
    oddity_id VARCHAR PRIMARY KEY,
    authority_code VARCHAR REFERENCES authority (authority_code),
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    report_id VARCHAR REFERENCES report (report_id),
    published_vi VARCHAR NOT NULL,
    published_en VARCHAR NOT NULL,
    recomputed_vi VARCHAR NOT NULL,
    recomputed_en VARCHAR NOT NULL,
    oddity_kind_vi VARCHAR NOT NULL,
    oddity_kind_en VARCHAR NOT NULL
);

CREATE TABLE statement (
    statement_id VARCHAR PRIMARY KEY,
    authority_code VARCHAR NOT NULL REFERENCES authority (authority_code),
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    made_on DATE NOT NULL,
    statement_vi VARCHAR NOT NULL,
    statement_en VARCHAR,
    about VARCHAR
);

CREATE TABLE status_code (
    code_set VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    name_vi VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    note VARCHAR,
    PRIMARY KEY (code_set, code)
);

---------------------------------------------------------------------------------------------------
-- Indices
---------------------------------------------------------------------------------------------------

CREATE TABLE index_kind (
    index_code VARCHAR PRIMARY KEY,
    index_name_vi VARCHAR NOT NULL,
    index_name_en VARCHAR NOT NULL,
    unit VARCHAR NOT NULL CHECK (unit IN ('points', 'percent')),
    applies_to_vi VARCHAR,
    applies_to_en VARCHAR,
    note_vi VARCHAR,
    note_en VARCHAR
);

CREATE TABLE index_edition (
    index_code VARCHAR NOT NULL REFERENCES index_kind (index_code),
    edition VARCHAR NOT NULL,
    scale_max DECIMAL(9, 3) NOT NULL CHECK (scale_max > 0),
    first_day DATE,
    last_day DATE,
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    note_vi VARCHAR,
    note_en VARCHAR,
    PRIMARY KEY (index_code, edition)
);

CREATE TABLE criterion (
    index_code VARCHAR NOT NULL,
    edition VARCHAR NOT NULL,
    criterion_code VARCHAR NOT NULL,
    parent_criterion_code VARCHAR,
    position BIGINT NOT NULL,
    criterion_name_vi VARCHAR NOT NULL,
    criterion_name_en VARCHAR NOT NULL,
    max_score DECIMAL(9, 3) CHECK (max_score > 0),
    rule_vi VARCHAR,
    rule_en VARCHAR,
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    note VARCHAR,
    PRIMARY KEY (index_code, edition, criterion_code),
    FOREIGN KEY (index_code, edition) REFERENCES index_edition (index_code, edition)
);

CREATE TABLE score (
    index_code VARCHAR NOT NULL,
    edition VARCHAR NOT NULL,
    authority_code VARCHAR NOT NULL REFERENCES authority (authority_code),
    criterion_code VARCHAR NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    period_label VARCHAR NOT NULL,
    score DECIMAL(9, 3) CHECK (score >= 0),
    score_kind VARCHAR NOT NULL CHECK (score_kind IN ('self', 'appraised', 'published')),
    published_rank BIGINT CHECK (published_rank >= 1),
    published_rank_of BIGINT CHECK (published_rank_of >= 1),
    rank_rule VARCHAR CHECK (rank_rule IN ('competition', 'dense', 'row_number', 'unknown')),
    qualifier VARCHAR NOT NULL CHECK (qualifier IN ('exact', 'derived', 'mean')),
    grade_code VARCHAR,
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    note_vi VARCHAR,
    note_en VARCHAR,
    PRIMARY KEY (
        index_code, edition, authority_code, criterion_code, first_day, last_day, score_kind, source_id
    ),
    FOREIGN KEY (index_code, edition, criterion_code)
    REFERENCES criterion (index_code, edition, criterion_code),
    CHECK (first_day <= last_day),
    CHECK (score IS NOT NULL OR published_rank IS NOT NULL),
    CHECK ((published_rank IS NULL) = (rank_rule IS NULL)),
    CHECK (published_rank IS NULL OR published_rank_of IS NULL OR published_rank <= published_rank_of)
);

CREATE TABLE grade (
    index_code VARCHAR NOT NULL REFERENCES index_kind (index_code),
    edition VARCHAR NOT NULL,
    scope_vi VARCHAR NOT NULL,
    scope_en VARCHAR NOT NULL,
    grade_code VARCHAR NOT NULL,
    grade_name_vi VARCHAR NOT NULL,
    grade_name_en VARCHAR NOT NULL,
    min_share DECIMAL(7, 6) CHECK (min_share BETWEEN 0 AND 1),
    source_id VARCHAR NOT NULL REFERENCES source (source_id),
    note VARCHAR,
    PRIMARY KEY (index_code, edition, scope_vi, grade_code)
);

---------------------------------------------------------------------------------------------------
-- Roll-ups of dossiers: sums by authority and month, never a dossier. Nothing about a single dossier can
-- leave a file that holds none, and what a page reads does not grow with their number.
---------------------------------------------------------------------------------------------------

CREATE TABLE dossier_source (
    authority_code VARCHAR PRIMARY KEY REFERENCES authority (authority_code),
    source_id VARCHAR REFERENCES source (source_id)
);

CREATE TABLE flow (
    authority_code VARCHAR NOT NULL REFERENCES authority (authority_code),
    coverage VARCHAR NOT NULL CHECK (coverage IN ('own', 'area')),
    month DATE NOT NULL CHECK (day(month) = 1),
    last_day DATE NOT NULL,
    received BIGINT NOT NULL CHECK (received >= 0),
    received_online BIGINT CHECK (received_online >= 0),
    received_in_person BIGINT CHECK (received_in_person >= 0),
    received_postal BIGINT CHECK (received_postal >= 0),
    early BIGINT NOT NULL CHECK (early >= 0),
    on_due_date BIGINT NOT NULL CHECK (on_due_date >= 0),
    late BIGINT NOT NULL CHECK (late >= 0),
    withdrawn BIGINT NOT NULL CHECK (withdrawn >= 0),
    returned BIGINT NOT NULL CHECK (returned >= 0),
    undated_resolved BIGINT NOT NULL CHECK (undated_resolved >= 0),
    not_accepted BIGINT NOT NULL CHECK (not_accepted >= 0),
    newly_registered BIGINT NOT NULL CHECK (newly_registered >= 0),
    supplemented BIGINT CHECK (supplemented >= 0),
    extended BIGINT CHECK (extended >= 0),
    plain_resolved BIGINT CHECK (plain_resolved >= 0),
    plain_on_time BIGINT CHECK (plain_on_time BETWEEN 0 AND plain_resolved),
    on_time_original BIGINT CHECK (on_time_original >= 0),
    PRIMARY KEY (authority_code, coverage, month),
    CHECK (last_day BETWEEN month AND last_day(month))
);

CREATE TABLE stock (
    authority_code VARCHAR NOT NULL REFERENCES authority (authority_code),
    coverage VARCHAR NOT NULL CHECK (coverage IN ('own', 'area')),
    month DATE NOT NULL CHECK (day(month) = 1),
    last_day DATE NOT NULL,
    carried_over BIGINT NOT NULL CHECK (carried_over >= 0),
    in_progress BIGINT NOT NULL CHECK (in_progress >= 0),
    overdue BIGINT NOT NULL CHECK (overdue >= 0),
    undated_open BIGINT NOT NULL CHECK (undated_open >= 0),
    PRIMARY KEY (authority_code, coverage, month),
    CHECK (last_day BETWEEN month AND last_day(month))
);

CREATE TABLE breakdown (
    authority_code VARCHAR NOT NULL REFERENCES authority (authority_code),
    coverage VARCHAR NOT NULL CHECK (coverage IN ('own', 'area')),
    period_kind VARCHAR NOT NULL CHECK (period_kind IN ('month', 'quarter', 'year')),
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    dimension VARCHAR NOT NULL CHECK (dimension IN ('field', 'channel', 'procedure', 'days_late')),
    item VARCHAR NOT NULL,
    carried_over BIGINT CHECK (carried_over >= 0),
    received_online BIGINT CHECK (received_online >= 0),
    received_offline BIGINT CHECK (received_offline >= 0),
    received BIGINT CHECK (received >= 0),
    early BIGINT CHECK (early >= 0),
    on_due_date BIGINT CHECK (on_due_date >= 0),
    on_time BIGINT CHECK (on_time >= 0),
    late BIGINT CHECK (late >= 0),
    resolved BIGINT CHECK (resolved >= 0),
    in_progress BIGINT CHECK (in_progress >= 0),
    overdue BIGINT CHECK (overdue >= 0),
    open_total BIGINT CHECK (open_total >= 0),
    dossiers BIGINT CHECK (dossiers >= 0),
    under_5 VARCHAR,
    hidden VARCHAR,
    CHECK (first_day <= last_day)
);

CREATE TABLE distribution (
    authority_code VARCHAR NOT NULL REFERENCES authority (authority_code),
    coverage VARCHAR NOT NULL CHECK (coverage IN ('own', 'area')),
    period_kind VARCHAR NOT NULL CHECK (period_kind IN ('month', 'quarter', 'year')),
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    dimension VARCHAR NOT NULL CHECK (dimension IN ('whole', 'field', 'procedure')),
    item VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('days_late', 'processing_days')),
    dossiers BIGINT CHECK (dossiers >= 20),
    median BIGINT NOT NULL CHECK (median >= 0),
    p90 BIGINT NOT NULL CHECK (p90 >= median),
    CHECK (first_day <= last_day)
);

CREATE TABLE overdue_age (
    authority_code VARCHAR NOT NULL REFERENCES authority (authority_code),
    coverage VARCHAR NOT NULL CHECK (coverage IN ('own', 'area')),
    last_day DATE NOT NULL,
    class VARCHAR NOT NULL CHECK (class IN ('1-7', '8-30', '31-90', '91-365', '366+', 'due_in_3')),
    dossiers BIGINT CHECK (dossiers >= 0),
    PRIMARY KEY (authority_code, coverage, class)
);

CREATE TABLE intake (
    import_id VARCHAR NOT NULL,
    illustrative BOOLEAN NOT NULL,
    record VARCHAR NOT NULL CHECK (record IN ('dossiers', 'reports', 'scores')),
    as_of DATE,
    mapping VARCHAR NOT NULL,
    rows_read BIGINT NOT NULL CHECK (rows_read >= 0),
    rows_loaded BIGINT NOT NULL CHECK (rows_loaded >= 0),
    rows_quarantined BIGINT NOT NULL CHECK (rows_quarantined >= 0),
    rows_repeated BIGINT NOT NULL CHECK (rows_repeated >= 0),
    rows_replaced BIGINT NOT NULL CHECK (rows_replaced >= 0),
    PRIMARY KEY (illustrative, import_id)
);

CREATE TABLE quarantine_reason (
    import_id VARCHAR NOT NULL,
    illustrative BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    column_name VARCHAR,
    rows BIGINT NOT NULL CHECK (rows > 0),
    FOREIGN KEY (illustrative, import_id) REFERENCES intake (illustrative, import_id)
);

---------------------------------------------------------------------------------------------------
-- The snapshot itself
---------------------------------------------------------------------------------------------------

CREATE TABLE snapshot (
    snapshot VARCHAR NOT NULL,
    inputs VARCHAR NOT NULL,
    as_of DATE NOT NULL
);

CREATE TABLE check_result (
    check_name VARCHAR PRIMARY KEY,
    question VARCHAR NOT NULL,
    rows_examined BIGINT NOT NULL CHECK (rows_examined >= 0)
);

---------------------------------------------------------------------------------------------------
-- Definitions: what the counts mean and what a rate is
---------------------------------------------------------------------------------------------------

-- noqa: disable=capitalisation.types
-- (the linter takes the parameters of a macro for types)

-- A share of a whole; NULL where the whole is 0 or not known.
CREATE MACRO share_of(part, whole) AS part / nullif(whole, 0);

-- The sum of counts all of which are known; of an unknown part the whole is unknown.
CREATE MACRO whole_sum(amount) AS CASE WHEN count(amount) = count(*) THEN sum(amount)::BIGINT END;

-- Decision 766/QĐ-TTg: the progress points, out of 20, of a rate by the portal's definition.
CREATE MACRO progress_points(portal_rate) AS 20 * portal_rate;

-- Great-circle distance of two places in kilometres (haversine, mean Earth radius); NULL if one is not known.
CREATE MACRO distance_km(latitude_1, longitude_1, latitude_2, longitude_2) AS 2 * 6371 * asin(sqrt(
    pow(sin(radians(latitude_2 - latitude_1) / 2), 2)
    + cos(radians(latitude_1)) * cos(radians(latitude_2))
    * pow(sin(radians(longitude_2 - longitude_1) / 2), 2)
));

-- An authority is current while it has no last day.
CREATE MACRO era_of(valid_to) AS CASE WHEN valid_to IS NULL THEN 'current' ELSE 'former' END;

-- Levels from the nation down; groups, which are no authorities, last.
CREATE MACRO level_order(level) AS list_position(
    ['nation', 'region', 'ministry', 'province', 'department', 'district', 'commune', 'group'], level
);

-- The name of a count that is not known, is known, or was completed; else NULL.
CREATE MACRO name_if_unknown(name, count) AS if(count IS NULL, name, NULL);
CREATE MACRO name_if_known(name, count) AS if(count IS NULL, NULL, name);
CREATE MACRO name_if_derived(name, published, completed) AS if(
    published IS NULL AND completed IS NOT NULL, name, NULL
);

-- noqa: enable=capitalisation.types

-- Up to which day an authority's dossiers are known, and from which month on.
CREATE VIEW horizon AS
SELECT
    authority_code,
    coverage,
    min(month) AS first_day,
    max(last_day) AS last_day,
    count(*) AS months
FROM flow
GROUP BY authority_code, coverage;

-- From which day on an authority's dossiers reach, where nothing was carried over into the first month: an
-- export may leave out what was handed in before and still open then, and nobody can know. The stocks are
-- those of the dossiers in it, so that what came in still is what went out or is left; the note says so.
CREATE VIEW beginning AS
SELECT
    horizon.authority_code,
    horizon.coverage,
    horizon.first_day,
    'Số liệu này không có hồ sơ nào tiếp nhận trước ngày '
    || strftime(horizon.first_day, '%d/%m/%Y')
    || ': hồ sơ cũ hơn mà khi ấy chưa xong, nếu có, không được tính vào kỳ trước chuyển sang, '
    || 'đang giải quyết và quá hạn.' AS note_vi,
    'These figures hold no dossier received before '
    || strftime(horizon.first_day, '%d/%m/%Y')
    || ': older ones that were still open then, if any, are not counted as carried over, in progress '
    || 'or overdue.' AS note_en
FROM horizon
INNER JOIN stock
    ON
    horizon.authority_code = stock.authority_code
    AND horizon.coverage = stock.coverage
    AND horizon.first_day = stock.month
WHERE stock.carried_over = 0;

-- The periods of dossiers: the months, quarters and years of the calendar that an authority's roll-ups cover,
-- the last ones up to their last day. In January all three are one.
CREATE VIEW dossier_period AS
WITH calendar_period AS (
    SELECT
        flow.authority_code,
        flow.coverage,
        kind.period_kind,
        kind.position,
        min(flow.month) AS first_day,
        max(flow.last_day) AS last_day
    FROM flow
    CROSS JOIN (VALUES ('month', 1), ('quarter', 2), ('year', 3)) AS kind (period_kind, position)
    GROUP BY
        flow.authority_code,
        flow.coverage,
        kind.period_kind,
        kind.position,
        date_trunc(kind.period_kind, flow.month)
)

SELECT
    authority_code,
    coverage,
    first_day,
    last_day,
    list(period_kind ORDER BY position ASC) AS period_kinds
FROM calendar_period
GROUP BY authority_code, coverage, first_day, last_day;

-- noqa: disable=capitalisation.types

-- The counts of every period in dossier_period: flows added up, stocks as they were at its two ends.
CREATE MACRO sums_of_dossiers() AS TABLE
    WITH period AS (
        SELECT
            authority_code,
            coverage,
            first_day,
            last_day,
            period_kinds
        FROM dossier_period
    ),

    summed AS (
        SELECT
            period.authority_code,
            period.coverage,
            period.first_day,
            period.last_day,
            sum(flow.received)::BIGINT AS received,
            whole_sum(flow.received_online) AS received_online,
            whole_sum(flow.received_in_person) AS received_in_person,
            whole_sum(flow.received_postal) AS received_postal,
            sum(flow.early)::BIGINT AS early,
            sum(flow.on_due_date)::BIGINT AS on_due_date,
            sum(flow.late)::BIGINT AS late,
            sum(flow.withdrawn)::BIGINT AS withdrawn,
            sum(flow.returned)::BIGINT AS returned,
            sum(flow.undated_resolved)::BIGINT AS undated_resolved,
            sum(flow.not_accepted)::BIGINT AS not_accepted,
            sum(flow.newly_registered)::BIGINT AS newly_registered,
            whole_sum(flow.supplemented) AS supplemented,
            whole_sum(flow.extended) AS extended,
            whole_sum(flow.plain_resolved) AS plain_resolved,
            whole_sum(flow.plain_on_time) AS plain_on_time,
            whole_sum(flow.on_time_original) AS on_time_original
        FROM period
        INNER JOIN flow
            ON
            period.authority_code = flow.authority_code
            AND period.coverage = flow.coverage
            AND flow.month BETWEEN period.first_day AND period.last_day
        GROUP BY period.authority_code, period.coverage, period.first_day, period.last_day
    )

    SELECT
        period.authority_code,
        period.coverage,
        period.first_day,
        period.last_day,
        period.period_kinds,
        at_start.carried_over,
        summed.received_online,
        summed.received_in_person,
        summed.received_postal,
        summed.received_in_person + summed.received_postal AS received_offline,
        summed.received,
        summed.early,
        summed.on_due_date,
        summed.early + summed.on_due_date AS on_time,
        summed.late,
        summed.early + summed.on_due_date + summed.late AS resolved,
        summed.withdrawn,
        summed.returned,
        summed.undated_resolved,
        summed.not_accepted,
        summed.newly_registered,
        summed.supplemented,
        summed.extended,
        summed.plain_resolved,
        summed.plain_on_time,
        summed.on_time_original,
        at_end.in_progress,
        at_end.overdue,
        at_end.undated_open
    FROM period
    INNER JOIN summed
        ON
        period.authority_code = summed.authority_code
        AND period.coverage = summed.coverage
        AND period.first_day = summed.first_day
        AND period.last_day = summed.last_day
    INNER JOIN stock AS at_start
        ON
        period.authority_code = at_start.authority_code
        AND period.coverage = at_start.coverage
        AND period.first_day = at_start.month
    INNER JOIN stock AS at_end
        ON
        period.authority_code = at_end.authority_code
        AND period.coverage = at_end.coverage
        AND period.last_day = at_end.last_day;

-- The same in the columns of counts.
CREATE MACRO counts_of_dossiers() AS TABLE
    SELECT
        concat_ws('-', 'ho-so', dossier.authority_code, dossier.coverage, dossier.first_day, dossier.last_day)
            AS report_id,
        dossier.authority_code,
        dossier_source.source_id,
        if(authority.illustrative, 'illustrative', 'office') AS source_kind,
        'dossiers' AS record_kind,
        dossier.period_kinds,
        authority.illustrative,
        dossier.first_day,
        dossier.last_day,
        strftime(dossier.first_day, '%d/%m/%Y')
        || ' – '
        || strftime(dossier.last_day, '%d/%m/%Y') AS period_label,
        dossier.coverage,
        NULL AS field,
        NULL AS channel,
        NULL AS procedure_code,
        NULL AS remit,
        TRUE AS is_whole,
        'dossiers' AS counts_basis,
        dossier.carried_over,
        dossier.received_online,
        dossier.received_in_person,
        dossier.received_postal,
        dossier.received_offline,
        dossier.received,
        dossier.received + dossier.carried_over AS received_and_carried_over,
        dossier.early,
        dossier.on_due_date,
        dossier.on_time,
        dossier.late,
        dossier.resolved,
        dossier.withdrawn,
        dossier.returned,
        dossier.withdrawn + dossier.returned AS withdrawn_or_returned,
        dossier.undated_resolved,
        dossier.undated_open,
        dossier.in_progress,
        dossier.overdue,
        dossier.in_progress + dossier.overdue AS open_total,
        NULL AS handled,
        NULL AS due,
        NULL AS portal_total,
        NULL AS portal_on_time,
        NULL AS portal_not_on_time,
        NULL AS derived_counts,
        NULL AS under_5,
        NULL AS hidden,
        NULL AS published_rate,
        NULL AS published_rate_definition,
        NULL AS average_days,
        horizon.last_day::VARCHAR AS observed_at,
        beginning.note_vi,
        beginning.note_en,
        NULL AS verbatim
    FROM sums_of_dossiers() AS dossier
    INNER JOIN authority ON dossier.authority_code = authority.authority_code
    INNER JOIN dossier_source ON dossier.authority_code = dossier_source.authority_code
    INNER JOIN
        horizon
        ON dossier.authority_code = horizon.authority_code AND dossier.coverage = horizon.coverage
    LEFT JOIN beginning
        ON
        dossier.authority_code = beginning.authority_code
        AND dossier.coverage = beginning.coverage
        AND dossier.first_day = beginning.first_day;

-- noqa: enable=capitalisation.types

-- The counts vector of every report and of every period of dossiers. What a report leaves out and its other
-- counts settle is completed; `derived_counts` names what was.
CREATE VIEW counts AS
WITH known AS (
    SELECT
        report_id,
        coalesce(on_time, early + on_due_date, resolved - late) AS on_time,
        coalesce(late, resolved - coalesce(on_time, early + on_due_date)) AS late,
        coalesce(received_offline, received_in_person + received_postal) AS received_offline,
        coalesce(
            received, received_online + coalesce(received_offline, received_in_person + received_postal)
        )
            AS received
    FROM report
),

completed AS (
    SELECT
        report.report_id,
        known.received_offline,
        known.received,
        coalesce(report.received_and_carried_over, known.received + report.carried_over)
            AS received_and_carried_over,
        known.on_time,
        known.late,
        -- a report of dossiers due counts those due on time and late: what was resolved it does not tell
        if(report.due IS NULL, coalesce(report.resolved, known.on_time + known.late), report.resolved)
            AS resolved,
        coalesce(report.withdrawn_or_returned, report.withdrawn + report.returned)
            AS withdrawn_or_returned,
        coalesce(report.open_total, report.in_progress + report.overdue) AS open_total
    FROM report
    INNER JOIN known ON report.report_id = known.report_id
)

SELECT
    report.report_id,
    report.authority_code,
    report.source_id,
    source.source_kind,
    'published' AS record_kind,
    NULL::VARCHAR[] AS period_kinds,
    authority.illustrative,
    report.first_day,
    report.last_day,
    report.period_label,
    report.coverage,
    report.field,
    report.channel,
    NULL::VARCHAR AS procedure_code,
    report.remit,
    report.field IS NULL AND report.channel IS NULL AND report.remit IS NULL AS is_whole,
    report.counts_basis,
    report.carried_over,
    report.received_online,
    report.received_in_person,
    report.received_postal,
    completed.received_offline,
    completed.received,
    completed.received_and_carried_over,
    report.early,
    report.on_due_date,
    completed.on_time,
    completed.late,
    completed.resolved,
    report.withdrawn,
    report.returned,
    completed.withdrawn_or_returned,
    report.undated_resolved,
    report.undated_open,
    report.in_progress,
    report.overdue,
    completed.open_total,
    report.handled,
    report.due,
    report.portal_total,
    report.portal_on_time,
    report.portal_total - report.portal_on_time AS portal_not_on_time,
    nullif(concat_ws(
        ',',
        name_if_derived('received_offline', report.received_offline, completed.received_offline),
        name_if_derived('received', report.received, completed.received),
        name_if_derived(
            'received_and_carried_over',
            report.received_and_carried_over,
            completed.received_and_carried_over
        ),
        name_if_derived('on_time', report.on_time, completed.on_time),
        name_if_derived('late', report.late, completed.late),
        name_if_derived('resolved', report.resolved, completed.resolved),
        name_if_derived(
            'withdrawn_or_returned', report.withdrawn_or_returned, completed.withdrawn_or_returned
        ),
        name_if_derived('open_total', report.open_total, completed.open_total)
    ), '') AS derived_counts,
    NULL::VARCHAR AS under_5,
    NULL::VARCHAR AS hidden,
    report.published_rate,
    report.published_rate_definition,
    report.average_days,
    report.observed_at,
    report.note_vi,
    report.note_en,
    report.verbatim
FROM report
INNER JOIN completed ON report.report_id = completed.report_id
INNER JOIN source ON report.source_id = source.source_id
INNER JOIN authority ON report.authority_code = authority.authority_code
UNION ALL
FROM counts_of_dossiers();
-- Every identity whose total and parts a report gives: total, the sum of its parts and what is left over.
-- A part that a source may leave out counts where it is known; `parts` names what was added up.
CREATE VIEW reconciliation AS
WITH part AS (
    SELECT
        report_id,
        received_online,
        received_in_person,
        received_postal,
        received_offline,
        received,
        carried_over,
        received_and_carried_over,
        early,
        on_due_date,
        on_time,
        late,
        resolved,
        undated_resolved,
        undated_open,
        in_progress,
        overdue,
        open_total,
        handled,
        due,
        CASE
            WHEN withdrawn_or_returned IS NOT NULL THEN 'withdrawn_or_returned'
            WHEN withdrawn IS NOT NULL THEN 'withdrawn'
            WHEN returned IS NOT NULL THEN 'returned'
        END AS given_back_name,
        coalesce(withdrawn_or_returned, withdrawn, returned, 0) AS given_back
    FROM counts
    WHERE record_kind = 'published'
),

identity_of_report AS (
    SELECT
        report_id,
        1::BIGINT AS position,
        'handled' AS total_name,
        handled AS total,
        concat_ws(' + ', 'on_time', 'late', given_back_name) AS parts,
        on_time + late + given_back AS parts_sum
    FROM part
    UNION ALL
    SELECT
        report_id,
        2,
        'received_and_carried_over',
        received_and_carried_over,
        concat_ws(
            ' + ',
            'resolved',
            name_if_known('undated_resolved', undated_resolved),
            given_back_name,
            'open_total',
            name_if_known('undated_open', undated_open)
        ),
        resolved + coalesce(undated_resolved, 0) + given_back + open_total + coalesce(undated_open, 0)
    FROM part
    UNION ALL
    SELECT
        report_id,
        3,
        'received',
        received,
        'resolved + in_progress',
        resolved + in_progress
    FROM part
    WHERE received_and_carried_over IS NULL AND overdue IS NULL
    UNION ALL
    SELECT
        report_id,
        4,
        'open_total',
        open_total,
        'in_progress + overdue',
        in_progress + overdue
    FROM part
    UNION ALL
    SELECT
        report_id,
        5,
        'received',
        received,
        'received_online + received_offline',
        received_online + received_offline
    FROM part
    UNION ALL
    SELECT
        report_id,
        6,
        'received_and_carried_over',
        received_and_carried_over,
        'received + carried_over',
        received + carried_over
    FROM part
    UNION ALL
    SELECT
        report_id,
        7,
        'resolved',
        resolved,
        'on_time + late',
        on_time + late
    FROM part
    UNION ALL
    SELECT
        report_id,
        8,
        'on_time',
        on_time,
        'early + on_due_date',
        early + on_due_date
    FROM part
    UNION ALL
    SELECT
        report_id,
        9,
        'due',
        due,
        concat_ws(' + ', 'on_time', name_if_known('late', late), name_if_known('overdue', overdue)),
        on_time + coalesce(late, 0) + coalesce(overdue, 0)
    FROM part
    WHERE late IS NOT NULL OR overdue IS NOT NULL
    UNION ALL
    SELECT
        report_id,
        10,
        'handled',
        handled,
        concat_ws(
            ' + ', 'received_online', 'received_in_person', name_if_known('received_postal', received_postal)
        ),
        received_online + received_in_person + coalesce(received_postal, 0)
    FROM part
)

SELECT
    report_id,
    position,
    total_name,
    total,
    parts,
    parts_sum,
    total - parts_sum AS difference
FROM identity_of_report
WHERE total IS NOT NULL AND parts_sum IS NOT NULL;

-- What does not add up: never dropped, never mended.
CREATE VIEW remainder AS
SELECT
    report_id,
    position,
    total_name,
    total,
    parts,
    parts_sum,
    difference
FROM reconciliation
WHERE difference <> 0;

-- noqa: disable=capitalisation.types

-- Every named on-time definition over those counts: the one place where a rate is defined.
-- The portal's own two sums come before what the counts would give, and never half of each.
CREATE MACRO rates_of_counts() AS TABLE
    WITH fraction AS (
        SELECT
            counts.report_id,
            coalesce(counts.under_5, counts.hidden) IS NOT NULL AS has_suppressed,
            -- what no dossiers give, suppressed or not
            counts.record_kind = 'dossiers' AND definition.definition_code IN ('handled', 'not_late', 'due')
                AS is_published_only,
            definition.definition_code,
            definition.headline_order,
            CASE definition.definition_code
                WHEN 'portal'
                    THEN if(
                        counts.portal_not_on_time IS NULL,
                        counts.on_time + counts.in_progress,
                        counts.portal_on_time
                    )
                WHEN 'not_late' THEN counts.handled - counts.late
                ELSE counts.on_time
            END AS numerator,
            CASE definition.definition_code
                WHEN 'resolved' THEN counts.resolved
                WHEN 'portal'
                    THEN if(
                        counts.portal_not_on_time IS NULL,
                        counts.on_time + counts.late + counts.in_progress + counts.overdue,
                        counts.portal_total
                    )
                WHEN 'accountable' THEN counts.resolved + counts.overdue
                WHEN 'handled' THEN counts.handled
                WHEN 'not_late' THEN counts.handled
                WHEN 'received' THEN counts.received_and_carried_over
                WHEN 'due' THEN counts.due
            END AS denominator,
            name_if_unknown('on_time', counts.on_time) AS no_on_time,
            name_if_unknown('late', counts.late) AS no_late,
            name_if_unknown('resolved', counts.resolved) AS no_resolved,
            name_if_unknown('in_progress', counts.in_progress) AS no_in_progress,
            name_if_unknown('overdue', counts.overdue) AS no_overdue,
            name_if_unknown('handled', counts.handled) AS no_handled,
            name_if_unknown('received_and_carried_over', counts.received_and_carried_over) AS no_received,
            name_if_unknown('due', counts.due) AS no_due
        FROM counts
        CROSS JOIN definition
    ),

    explained AS (
        SELECT
            report_id,
            definition_code,
            headline_order,
            has_suppressed,
            is_published_only,
            numerator,
            denominator,
            CASE definition_code
                WHEN 'resolved' THEN concat_ws(',', no_on_time, if(no_resolved IS NULL, NULL, 'late'))
                WHEN 'portal' THEN concat_ws(',', no_on_time, no_late, no_in_progress, no_overdue)
                WHEN 'accountable' THEN concat_ws(',', no_on_time, no_resolved, no_overdue)
                WHEN 'handled' THEN concat_ws(',', no_on_time, no_handled)
                WHEN 'not_late' THEN concat_ws(',', no_late, no_handled)
                WHEN 'received' THEN concat_ws(',', no_on_time, no_received)
                WHEN 'due' THEN concat_ws(',', no_on_time, no_due)
            END AS unknown_counts
        FROM fraction
    )

    SELECT
        report_id,
        definition_code,
        headline_order,
        if(denominator IS NOT NULL, numerator, NULL) AS numerator,
        if(numerator IS NOT NULL OR denominator = 0, denominator, NULL) AS denominator,
        share_of(numerator, denominator) AS rate,
        CASE
            WHEN denominator = 0 THEN 'no_dossiers'
            WHEN is_published_only THEN 'published_only'
            WHEN has_suppressed AND share_of(numerator, denominator) IS NULL THEN 'suppressed'
            WHEN numerator IS NULL OR denominator IS NULL THEN 'missing_counts'
        END AS reason,
        if(
            NOT is_published_only AND (numerator IS NULL OR denominator IS NULL), unknown_counts, NULL
        ) AS missing_counts
    FROM explained;

-- noqa: enable=capitalisation.types

CREATE VIEW rate AS
FROM rates_of_counts();

-- noqa: disable=capitalisation.types

-- The headline of a report: the first of resolved, portal, handled, not_late, due that can be computed;
-- where none can, the first whose denominator is 0 ("no dossiers yet"). `newest` 1 is the authority's: of
-- dossiers the year up to their last day, its whole area before its own office.
CREATE MACRO headlines_of_rates() AS TABLE
    WITH first_rate AS (
        SELECT
            counts.report_id,
            counts.authority_code,
            counts.record_kind,
            counts.coverage,
            counts.first_day,
            counts.last_day,
            counts.observed_at,
            rate.definition_code,
            rate.numerator,
            rate.denominator,
            rate.rate,
            rate.reason
        FROM counts
        INNER JOIN rate ON counts.report_id = rate.report_id
        WHERE
            counts.is_whole
            AND rate.headline_order IS NOT NULL
            AND (rate.rate IS NOT NULL OR rate.reason = 'no_dossiers')
        QUALIFY row_number() OVER (
            PARTITION BY counts.report_id ORDER BY rate.rate IS NULL, rate.headline_order
        ) = 1
    )

    SELECT
        report_id,
        authority_code,
        first_day,
        last_day,
        definition_code,
        numerator,
        denominator,
        rate,
        reason,
        row_number() OVER (
            PARTITION BY authority_code
            ORDER BY
                last_day DESC NULLS LAST,
                first_day ASC NULLS LAST,
                if(record_kind = 'dossiers', coverage, NULL) ASC NULLS FIRST,
                observed_at DESC NULLS LAST,
                report_id ASC
        ) AS newest
    FROM first_rate;

-- noqa: enable=capitalisation.types

CREATE VIEW headline AS
FROM headlines_of_rates();

-- noqa: disable=capitalisation.types

-- The report that stands for an authority in a comparison of one period, kind of record, kind of source and
-- coverage: of several, the one observed last. Groups are no authorities, and a body counts only while it was
-- valid.
CREATE MACRO comparable_counts() AS TABLE
    SELECT
        counts.report_id,
        counts.authority_code,
        authority.parent_code,
        authority.level,
        counts.first_day,
        counts.last_day,
        counts.record_kind,
        counts.source_kind,
        counts.coverage
    FROM counts
    INNER JOIN authority ON counts.authority_code = authority.authority_code
    WHERE
        counts.is_whole
        AND authority.level <> 'group'
        AND (authority.valid_from IS NULL OR authority.valid_from <= counts.last_day)
        AND (authority.valid_to IS NULL OR authority.valid_to >= counts.last_day)
    QUALIFY row_number() OVER (
        PARTITION BY
            counts.authority_code,
            counts.first_day,
            counts.last_day,
            counts.record_kind,
            counts.source_kind,
            counts.coverage
        ORDER BY counts.observed_at DESC NULLS LAST, counts.report_id ASC
    ) = 1;

-- noqa: enable=capitalisation.types

CREATE VIEW comparable AS
FROM comparable_counts();

-- Who has figures of their own, and of which kinds.
CREATE VIEW figures_of_authority AS
WITH figure AS (
    SELECT
        authority_code,
        report_id,
        NULL AS headline_id,
        NULL AS edition,
        NULL AS indicator_code
    FROM counts
    WHERE record_kind = 'published' OR list_contains(period_kinds, 'year')
    UNION ALL
    SELECT
        authority_code,
        NULL,
        report_id,
        NULL,
        NULL
    FROM headline
    UNION ALL
    SELECT
        authority_code,
        NULL,
        NULL,
        concat(index_code, ' ', edition),
        NULL
    FROM score
    UNION ALL
    SELECT
        authority_code,
        NULL,
        NULL,
        NULL,
        indicator_code
    FROM indicator
)

SELECT
    authority_code,
    count(DISTINCT report_id) AS reports,
    count(DISTINCT headline_id) AS headlines,
    count(DISTINCT edition) AS editions,
    count(DISTINCT indicator_code) AS indicators
FROM figure
GROUP BY authority_code;

---------------------------------------------------------------------------------------------------
-- The same of any other run of whole months: who uses this schema reads the dossiers of one run (variables
-- place, first_day, last_day; both days included) by the same names and the same definitions.
---------------------------------------------------------------------------------------------------

CREATE SCHEMA run;

-- The run of whole months that lies within the two days, of a place and the authorities in it.
CREATE VIEW run.dossier_period AS
SELECT
    flow.authority_code,
    flow.coverage,
    min(flow.month) AS first_day,
    max(flow.last_day) AS last_day,
    ['run'] AS period_kinds
FROM flow
INNER JOIN authority ON flow.authority_code = authority.authority_code
WHERE
    (authority.authority_code = getvariable('place') OR authority.parent_code = getvariable('place'))
    AND (getvariable('first_day') IS NULL OR flow.month >= getvariable('first_day'))
    AND (getvariable('last_day') IS NULL OR flow.last_day <= getvariable('last_day'))
GROUP BY flow.authority_code, flow.coverage;

CREATE VIEW run.counts AS
FROM counts_of_dossiers();

CREATE VIEW run.rate AS
FROM rates_of_counts();

CREATE VIEW run.headline AS
FROM headlines_of_rates();

CREATE VIEW run.comparable AS
FROM comparable_counts();

---------------------------------------------------------------------------------------------------
-- The same of parts: who uses this schema reads how the dossiers of one authority break down (variables
-- place, dimension) by the same names and the same definitions.
---------------------------------------------------------------------------------------------------

CREATE SCHEMA item;

CREATE VIEW item.counts AS
SELECT
    concat_ws(
        '-',
        'ho-so',
        breakdown.authority_code,
        breakdown.coverage,
        breakdown.period_kind,
        breakdown.first_day,
        breakdown.last_day,
        breakdown.dimension,
        breakdown.item
    ) AS report_id,
    breakdown.authority_code,
    dossier_source.source_id,
    if(authority.illustrative, 'illustrative', 'office') AS source_kind,
    'dossiers' AS record_kind,
    [breakdown.period_kind] AS period_kinds,
    authority.illustrative,
    breakdown.first_day,
    breakdown.last_day,
    strftime(breakdown.first_day, '%d/%m/%Y') || ' – ' || strftime(breakdown.last_day, '%d/%m/%Y')
        AS period_label,
    breakdown.coverage,
    if(breakdown.dimension = 'field', breakdown.item, NULL) AS field,
    if(breakdown.dimension = 'channel', breakdown.item, NULL) AS channel,
    if(breakdown.dimension = 'procedure', breakdown.item, NULL) AS procedure_code,
    NULL AS remit,
    FALSE AS is_whole,
    'dossiers' AS counts_basis,
    breakdown.carried_over,
    breakdown.received_online,
    NULL::BIGINT AS received_in_person,
    NULL::BIGINT AS received_postal,
    breakdown.received_offline,
    breakdown.received,
    breakdown.received + breakdown.carried_over AS received_and_carried_over,
    breakdown.early,
    breakdown.on_due_date,
    breakdown.on_time,
    breakdown.late,
    breakdown.resolved,
    NULL::BIGINT AS withdrawn,
    NULL::BIGINT AS returned,
    NULL::BIGINT AS withdrawn_or_returned,
    NULL::BIGINT AS undated_resolved,
    NULL::BIGINT AS undated_open,
    breakdown.in_progress,
    breakdown.overdue,
    breakdown.open_total,
    NULL::BIGINT AS handled,
    NULL::BIGINT AS due,
    NULL::BIGINT AS portal_total,
    NULL::BIGINT AS portal_on_time,
    NULL::BIGINT AS portal_not_on_time,
    NULL AS derived_counts,
    breakdown.under_5,
    breakdown.hidden,
    NULL AS published_rate,
    NULL AS published_rate_definition,
    NULL AS average_days,
    horizon.last_day::VARCHAR AS observed_at,
    beginning.note_vi,
    beginning.note_en,
    NULL AS verbatim
FROM breakdown
INNER JOIN authority ON breakdown.authority_code = authority.authority_code
INNER JOIN dossier_source ON breakdown.authority_code = dossier_source.authority_code
INNER JOIN horizon
    ON breakdown.authority_code = horizon.authority_code AND breakdown.coverage = horizon.coverage
LEFT JOIN beginning
    ON
    breakdown.authority_code = beginning.authority_code
    AND breakdown.coverage = beginning.coverage
    AND breakdown.first_day = beginning.first_day
    AND breakdown.dimension = 'field'
    AND breakdown.period_kind = 'year'
WHERE
    breakdown.authority_code = getvariable('place')
    AND breakdown.dimension = getvariable('dimension');

CREATE VIEW item.rate AS
FROM rates_of_counts();
