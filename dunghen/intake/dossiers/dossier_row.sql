-- Every row of an import, typed, in the order of the files, with its first fault: "reason column".
CREATE TABLE dossier_row (
    part USMALLINT,
    dossier_key UUID,
    authority_code VARCHAR,
    procedure_code VARCHAR,
    field VARCHAR,
    channel VARCHAR,
    status UTINYINT,
    received_at TIMESTAMP,
    original_due_at TIMESTAMP,
    due_at TIMESTAMP,
    finished_at TIMESTAMP,
    -- NULL where the export does not tell
    supplements USMALLINT,
    extended BOOLEAN,
    -- of an export with one request for supplements a row: that request, and the promise of its own column
    steps STRUCT("day" TIMESTAMP, promise TIMESTAMP, extended BOOLEAN, due_before TIMESTAMP, readable BOOL)[],
    promised TIMESTAMP,
    -- stands for the text that was not recognised, so that different ones can be counted
    unknown UBIGINT,
    -- without a day, a status or a digit: it may be the name of who signed
    is_words BOOLEAN,
    fault VARCHAR
);
