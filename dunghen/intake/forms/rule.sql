-- What the mapping, the title lines and the import say of a whole table: one row; and its code lists.
CREATE OR REPLACE TEMP TABLE form_rule (
    source_id VARCHAR,
    authority_by VARCHAR,
    authority_parent VARCHAR,
    authority_code VARCHAR,
    authority_name VARCHAR,
    first_day DATE,
    last_day DATE,
    period_label VARCHAR,
    observed_at VARCHAR,
    coverage VARCHAR,
    channel VARCHAR,
    remit VARCHAR,
    counts_basis VARCHAR,
    published_rate_definition VARCHAR,
    rate_is_percent BOOLEAN,
    is_workbook BOOLEAN,
    is_by_field BOOLEAN,
    is_wide BOOLEAN,
    index_code VARCHAR,
    edition VARCHAR,
    score_kind VARCHAR,
    rank_rule VARCHAR,
    qualifier VARCHAR,
    number_pattern VARCHAR,
    marks_without_value VARCHAR,
    decimal_mark VARCHAR,
    totals VARCHAR[],
    text_columns VARCHAR[]
);

CREATE OR REPLACE TEMP TABLE form_code (
    column_name VARCHAR,
    written VARCHAR,
    code VARCHAR
);

CREATE OR REPLACE TEMP TABLE form_note (
    ordinal BIGINT,
    note_vi VARCHAR,
    note_en VARCHAR
);
