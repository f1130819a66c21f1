-- One table of an export, read once: every row typed, its number hashed, its first fault named.
INSERT INTO dossier_row
WITH found AS (
    SELECT
        raw.*,
        coalesce(
            meaning_of(spelt(raw.authority), listed.authorities),
            CASE
                WHEN contains(raw.authority, ',')
                    THEN meaning_of('in ' || placed(raw.authority), listed.authorities)
            END,
            meaning_of('folded ' || folded(raw.authority), listed.authorities),
            CASE
                WHEN is_roundabout(raw.authority)
                    THEN coalesce(
                        meaning_of('in ' || placed(office_of(raw.authority)), listed.authorities),
                        meaning_of('folded ' || office_of(raw.authority), listed.authorities)
                    )
            END
        ) AS authority_found,
        coalesce(
            meaning_of(upper(raw.procedure_code), listed.procedures),
            meaning_of(national_code(upper(raw.procedure_code)), listed.procedures)
        ) AS procedure_found,
        meaning_of(spelt(raw.field_code), listed.fields) AS field_found,
        meaning_of(spelt(coalesce(raw.status, '')), listed.statuses) AS status_found,
        meaning_of(spelt(coalesce(raw.channel, '')), listed.channels) AS channel_found
    FROM raw
    CROSS JOIN reference.listed
),

looked_up AS (
    SELECT
        found.*,
        authority_found.code AS authority_code,
        procedure_found.code AS known_procedure,
        coalesce(procedure_found.field, field_found.code) AS known_field,
        status_found.code::UTINYINT AS known_status,
        CASE WHEN getvariable('tells_channel') THEN channel_found.code END AS known_channel,
        upper(nfc_normalize(dossier_number)) AS number,
        moment(received_at) AS received,
        moment(due_at) AS due,
        moment(finished_at) AS finished,
        moment(returned_at) AS returned,
        CASE
            WHEN supplements IS NOT NULL THEN requests(records(supplements))
            WHEN
                coalesce(
                    supplement_requested_at, supplement_received_at, due_before, due_after
                ) IS NOT NULL
                THEN requests([{
                    'requested': supplement_requested_at,
                    'received': supplement_received_at,
                    'due_before': due_before,
                    'due_after': due_after
                }])
        END AS steps
    FROM found
),

promised AS (
    SELECT
        *,
        coalesce(
            list_filter(steps, LAMBDA step: step.due_before IS NOT NULL)[1].due_before, promise(due_at, due)
        ) AS original_due_at,
        CASE WHEN known_status IN (7, 8, 9, 10) THEN coalesce(finished, returned) END AS ended,
        coalesce(finished_at, returned_at) AS ended_words
    FROM looked_up
),

walked AS (
    SELECT
        *,
        CASE WHEN steps IS NOT NULL THEN in_force(steps, original_due_at) END AS held
    FROM promised
)

SELECT
    $part::USMALLINT AS part,
    keyed_hash(
        CASE WHEN getvariable('within_authority') THEN authority_code || '/' ELSE '' END || number
    ) AS dossier_key,
    authority_code,
    known_procedure AS procedure_code,
    known_field AS field,
    known_channel AS channel,
    known_status AS status,
    received AS received_at,
    original_due_at,
    CASE WHEN steps IS NULL THEN original_due_at ELSE held.promise END AS due_at,
    ended AS finished_at,
    -- of what an export has no column for, nothing is known: that is not none
    CASE WHEN getvariable('tells_supplements') THEN coalesce(len(steps), 0) END::USMALLINT AS supplements,
    CASE WHEN getvariable('tells_moves') THEN coalesce(held.extended, FALSE) END AS extended,
    if(supplements IS NULL, steps, NULL) AS steps,
    if(supplements IS NULL AND steps IS NOT NULL, promise(due_at, due), NULL) AS promised,
    CASE
        WHEN authority_code IS NULL THEN hash(getvariable('inner_key'), spelt(authority))
        WHEN procedure_code IS NOT NULL AND known_procedure IS NULL
            THEN hash(getvariable('inner_key'), upper(procedure_code))
        WHEN field_code IS NOT NULL AND field_found IS NULL
            THEN hash(getvariable('inner_key'), spelt(field_code))
        WHEN channel_found IS NULL THEN hash(getvariable('inner_key'), spelt(channel))
        WHEN status_found IS NULL THEN hash(getvariable('inner_key'), spelt(status))
    END AS unknown,
    CASE
        WHEN received IS NULL AND known_status IS NULL
            THEN
                NOT regexp_matches(
                    concat_ws(
                        ' ',
                        row_number,
                        dossier_number,
                        authority,
                        procedure_code,
                        field_code,
                        channel,
                        status,
                        received_at,
                        due_at,
                        finished_at,
                        returned_at,
                        supplements
                    ),
                    '[\d@]'
                )
        ELSE FALSE
    END AS is_words,
    CASE
        -- totals, signatures, headings once more: looking for words in all cells is dear, so only where there
        -- is no dossier
        WHEN
            CASE
                WHEN received IS NULL AND known_status IS NULL
                    THEN
                        has_total([
                            row_number,
                            dossier_number,
                            authority,
                            procedure_code,
                            field_code,
                            channel,
                            status,
                            received_at,
                            due_at,
                            finished_at,
                            returned_at
                        ])
                        OR list_contains(getvariable('receipt_headings'), folded(received_at))
                ELSE FALSE
            END
            THEN 'total'
        -- what has a number is a dossier, however it writes its days
        WHEN
            CASE
                WHEN
                    received IS NULL
                    AND known_status IS NULL
                    AND (dossier_number IS NULL OR is_signature(dossier_number))
                    THEN
                        has_signature([
                            row_number,
                            dossier_number,
                            authority,
                            procedure_code,
                            field_code,
                            channel,
                            status
                        ])
                        OR has_signer([received_at, due_at, finished_at, returned_at])
                ELSE FALSE
            END
            THEN 'signature'
        WHEN is_bare THEN 'blank'
        WHEN dossier_number IS NULL THEN 'missing_value dossier_number'
        -- some offices count in bare digits, as many as a citizen's number has: only a keyed hash is kept
        WHEN is_personal(dossier_number) AND NOT regexp_full_match(dossier_number, '\d{9}|\d{12}')
            THEN 'looks_personal dossier_number'
        WHEN NOT regexp_matches(dossier_number, '\d') OR length(dossier_number) > 100
            THEN 'unreadable_number dossier_number'
        WHEN authority IS NULL THEN 'missing_value authority'
        WHEN authority_code IS NULL AND looks_personal(authority) THEN 'looks_personal authority'
        WHEN authority_found IS NOT NULL AND authority_code IS NULL THEN 'ambiguous_authority authority'
        WHEN authority_code IS NULL THEN 'unknown_authority authority'
        WHEN procedure_code IS NOT NULL AND known_procedure IS NULL AND looks_personal(procedure_code)
            THEN 'looks_personal procedure_code'
        WHEN procedure_code IS NOT NULL AND known_procedure IS NULL THEN 'unknown_procedure procedure_code'
        WHEN field_code IS NOT NULL AND field_found IS NULL AND looks_personal(field_code)
            THEN 'looks_personal field_code'
        WHEN field_code IS NOT NULL AND field_found IS NULL THEN 'unknown_field field_code'
        WHEN channel_found IS NULL AND looks_personal(channel) THEN 'looks_personal channel'
        WHEN channel_found IS NULL THEN 'unknown_channel channel'
        WHEN status IS NULL AND known_status IS NULL THEN 'missing_value status'
        WHEN known_status IS NULL AND looks_personal(status) THEN 'looks_personal status'
        WHEN known_status IS NULL THEN 'unknown_status status'
        WHEN received_at IS NULL THEN 'missing_value received_at'
        WHEN received IS NULL THEN fault_of_day(received_at) || ' received_at'
        WHEN due_at IS NOT NULL AND due IS NULL THEN fault_of_day(due_at) || ' due_at'
        WHEN finished_at IS NOT NULL AND finished IS NULL THEN fault_of_day(finished_at) || ' finished_at'
        WHEN returned_at IS NOT NULL AND returned IS NULL THEN fault_of_day(returned_at) || ' returned_at'
        WHEN supplements IS NOT NULL AND steps IS NULL AND looks_personal(supplements)
            THEN 'looks_personal supplements'
        WHEN supplements IS NOT NULL AND steps IS NULL THEN 'unreadable_list supplements'
        WHEN steps IS NOT NULL AND NOT list_bool_and(list_transform(steps, LAMBDA step: step.readable))
            THEN 'unreadable_date supplements'
        WHEN received < TIMESTAMP '2000-01-01' THEN 'unlikely_date received_at'
        WHEN original_due_at < TIMESTAMP '2000-01-01' OR due < TIMESTAMP '2000-01-01'
            THEN 'promise_before_2000 due_at'
        WHEN greatest(original_due_at, due, held.promise) >= TIMESTAMP '2100-01-01'
            THEN 'unlikely_date due_at'
        WHEN known_status IN (7, 8, 9, 10) AND ended IS NULL THEN 'finished_without_day finished_at'
        WHEN received >= getvariable('as_of') + INTERVAL 1 DAY THEN 'received_after_as_of received_at'
        WHEN ended < TIMESTAMP '2000-01-01' THEN 'unlikely_date finished_at'
        WHEN ended >= getvariable('as_of') + INTERVAL 1 DAY THEN 'finished_after_as_of finished_at'
        WHEN is_before(ended, is_day(ended_words, ended), received, is_day(received_at, received))
            THEN 'finished_before_received finished_at'
    END AS fault
FROM walked;
