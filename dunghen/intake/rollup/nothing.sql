-- A store without dossiers.
CREATE OR REPLACE TEMP TABLE weighted (
    authority_code VARCHAR,
    procedure_code VARCHAR,
    field VARCHAR,
    channel VARCHAR,
    status UTINYINT,
    received_at TIMESTAMP,
    original_due_at TIMESTAMP,
    due_at TIMESTAMP,
    finished_at TIMESTAMP,
    supplements USMALLINT,
    extended BOOLEAN,
    weight INTEGER
);
