-- How the texts of an export become days, codes and promises. The variables are set from the mapping.
-- The linter reads neither the parameters of macros nor a lambda of two.
-- noqa: disable=all

-- Capitals and runs of spaces do not count (as in Mapping.code_list).
CREATE OR REPLACE TEMP MACRO spelt(words) AS
    lower(nfc_normalize(
        CASE WHEN contains(words, '  ') THEN regexp_replace(words, '\s+', ' ', 'g') ELSE words END
    ));

-- Nor do accents and đ.
CREATE OR REPLACE TEMP MACRO folded(words) AS replace(strip_accents(spelt(words)), 'đ', 'd');

-- The name of a place without the word for its kind; `words` as `folded` gives them.
CREATE OR REPLACE TEMP MACRO bare_place(words) AS
    regexp_replace(
        words,
        '^(?:(?:ubnd|uy ban nhan dan) )?(?:(?:tinh|thanh pho|thi xa|huyen|quan|tp|tx) |(?:tp|tx|t|h|q)\. ?)?',
        ''
    );

-- A body named with the place it lies in, and that with the next: "UBND xã X, huyện Y" is "xa x|y".
CREATE OR REPLACE TEMP MACRO placed(words) AS
    regexp_replace(
        regexp_replace(folded(words), '^(?:ubnd|uy ban nhan dan) ', ''),
        ' ?, ?(?:(?:ubnd|uy ban nhan dan) )?(?:(?:tinh|thanh pho|thi xa|huyen|quan|tp|tx) |(?:tp|tx|t|h|q)\. ?)?',
        '|',
        'g'
    );

-- Whether a name may be that of an office's desk, or have its kind abbreviated or its place behind a dash.
CREATE OR REPLACE TEMP MACRO is_roundabout(words) AS
    regexp_matches(folded(words), '^(?:bo phan|trung tam|(?:p|x|tt)\.)| [-–—] ');

-- The office that such a name means: "Bộ phận Một cửa P. X - tỉnh Y" is "phuong x, tinh y". The desk of a
-- province is a body of its own.
CREATE OR REPLACE TEMP MACRO office_of(words) AS
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        folded(words),
                        '^(?:bo phan (?:mot cua|tiep nhan va tra ket qua)|trung tam phuc vu hanh chinh cong)(?: cua)?'
                        ' (?:(?:ubnd|uy ban nhan dan) )?((?:xa|phuong|thi tran|dac khu|huyen|quan|thi xa|so) |(?:p|x|tt)\. ?)',
                        '\1'
                    ),
                    '^p\. ?',
                    'phuong '
                ),
                '^x\. ?',
                'xa '
            ),
            '^tt\. ?',
            'thi tran '
        ),
        ' [-–—] ((?:(?:ubnd|uy ban nhan dan) )?(?:(?:tinh|thanh pho|thi xa|huyen|quan|tp|tx) |(?:tp|tx|t|h|q)\.))',
        ', \1',
        'g'
    );

-- The code of a procedure without the province whose form of it is meant: 1.001234.000.00.00.H44 is 1.001234.
-- A workbook that holds it as a number has lost the zeros at its end: 1.00123 is 1.001230.
CREATE OR REPLACE TEMP MACRO national_code(words) AS
    CASE
        WHEN regexp_full_match(words, '\d\.\d{1,5}') THEN rpad(words, 8, '0')
        ELSE nullif(regexp_extract(words, '^(\d\.\d{6})\.\d{3}\.\d{2}\.\d{2}\.H\d{2}$', 1), '')
    END;

-- What a list of reference.listed says of a text, {code, field}; NULL where the text is not in it.
CREATE OR REPLACE TEMP MACRO piece_of(words, pieces) AS (hash(words) % pieces + 1)::BIGINT;
CREATE OR REPLACE TEMP MACRO meaning_of(words, pieces) AS pieces[piece_of(words, len(pieces))][words];

-- A citizen's number (12 digits, formerly 9), a telephone number or an e-mail address, alone or with marks.
CREATE OR REPLACE TEMP MACRO is_personal(words) AS
    CASE
        WHEN regexp_full_match(words, '[+\d\s.()-]{9,24}')
            THEN regexp_full_match(
                regexp_replace(words, '[\s.()-]', '', 'g'), '\d{9}|\d{12}|(\+?84|0)[2-9]\d{8}|(\+?84|0)2\d{9}'
            )
        WHEN contains(words, '@') THEN regexp_matches(words, '[^\s@]@[^\s@]+\.[^\s@]')
        ELSE FALSE
    END;

-- That, or a citizen's or telephone number among other words: "Nguyễn Văn Mẫu, 0900 000 001". Not for numbers
-- of dossiers, which may hold as many digits.
CREATE OR REPLACE TEMP MACRO looks_personal(words) AS
    is_personal(words)
    OR (
        regexp_matches(
            words,
            '(?:^|[^\d.,])(?:0\d{11}|(?:\+?84 ?|0)[2-9](?:\d{8,9}|\d{2}[ .-]\d{3}[ .-]\d{3}|\d[ .-]\d{3}[ .-]\d{4}))'
            '(?:[^\d]|$)'
        )
        AND regexp_matches(words, '\pL')
    );

-- A number without separators must have a length that a day or a moment can have: strptime would guess.
-- A moment with a zone of its own is told in Vietnam's time.
CREATE OR REPLACE TEMP MACRO moment(words) AS
    CASE
        WHEN length(words) IN (9, 10, 11, 13) AND regexp_full_match(words, '\d+') THEN NULL
        ELSE coalesce(
            try_strptime(words, getvariable('date_formats')),
            CASE
                WHEN regexp_full_match(words, '\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?')
                    THEN try_cast(words AS TIMESTAMP)
                WHEN regexp_full_match(words, '\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)')
                    THEN try_cast(words AS TIMESTAMPTZ) AT TIME ZONE 'Asia/Ho_Chi_Minh'
            END
        )
    END;

-- A day with its first two numbers changed round: 10/31/2026 is 31/10/2026.
CREATE OR REPLACE TEMP MACRO changed_round(words) AS
    regexp_replace(words, '^(\d{1,2})([/.-])(\d{1,2})([/.-])', '\3\2\1\4');

-- What is wrong with a day that cannot be read. 46100.34 is how a workbook keeps a day: in a text it may be
-- something else, and the workbook's first day is not known.
CREATE OR REPLACE TEMP MACRO fault_of_day(words) AS
    CASE
        WHEN regexp_full_match(words, '[3-7]\d{4}([.,]\d+)?') THEN 'serial_date'
        WHEN looks_personal(words) THEN 'looks_personal'
        WHEN moment(changed_round(words)) IS NULL THEN 'unreadable_date'
        ELSE 'swapped_date'
    END;

-- Whether a day can be read, and could not with day and month changed round.
CREATE OR REPLACE TEMP MACRO is_surely_read(words) AS
    coalesce(moment(words) IS NOT NULL AND moment(changed_round(words)) IS NULL, FALSE);

-- Whether a moment tells its day only.
CREATE OR REPLACE TEMP MACRO is_day(words, parsed) AS
    CASE
        WHEN epoch_us(parsed) % 86400000000 != 0 THEN FALSE
        WHEN getvariable('midnight_is_date') THEN parsed IS NOT NULL
        ELSE try_strptime(words, getvariable('day_formats')) IS NOT NULL
    END;

-- A promise with a date only holds until that day's last microsecond.
CREATE OR REPLACE TEMP MACRO promise(words, parsed) AS
    CASE
        WHEN is_day(words, parsed) THEN parsed + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND
        ELSE parsed
    END;

-- Whether one moment is before another; of a day alone it is not known when in that day.
CREATE OR REPLACE TEMP MACRO is_before(earlier, earlier_is_day, later, later_is_day) AS
    CASE
        WHEN earlier >= later OR earlier IS NULL THEN FALSE
        WHEN earlier_is_day OR later_is_day THEN earlier::DATE < later::DATE
        ELSE TRUE
    END;

-- Whether a cell says that its row is one of totals: "Tổng cộng", "TỔNG SỐ:", "Cộng", "Tổng số hồ sơ: 1.234".
CREATE OR REPLACE TEMP MACRO is_total(words) AS
    coalesce(
        regexp_full_match(
            folded(words),
            '(?:tong(?: cong| so)?|cong)(?: (?:so )?ho so)?\s*[:=]?\s*(?:[\d.,]+(?: ho so)?)?\s*\.?'
        ),
        FALSE
    );

-- Whether a cell says who signs below the table.
CREATE OR REPLACE TEMP MACRO is_signer(words) AS
    coalesce(
        regexp_full_match(
            folded(words),
            '(?:(?:nguoi|can bo|cong chuc) (?:lap|bao cao|tong hop)(?: bieu| bang| bao cao)?'
            '|(?:kt\. ?|tl\. ?|tuq\. ?)?(?:thu truong|chu tich|giam doc|truong phong)(?: don vi| co quan)?'
            '|(?:ky|da ky|ky ten)(?:,? (?:ghi ro|va ghi ro) ho ten)?(?:,? dong dau)?)'
            '\s*[:.]?\s*(?:\([^()]*\))?|\((?:ky|da ky)[^()]*\)'
        ),
        FALSE
    );

-- Whether it says who signs, or where and on which day. Not for columns of days: there it may be a dossier's.
CREATE OR REPLACE TEMP MACRO is_signature(words) AS
    is_signer(words)
    OR coalesce(
        regexp_full_match(
            folded(words), '.{0,60}ngay ?[\d.…]* ?thang ?[\d.…]* ?nam ?[\d.…]*\s*[:.]?\s*(?:\([^()]*\))?'
        ),
        FALSE
    );

CREATE OR REPLACE TEMP MACRO has_total(cells) AS
    list_bool_or(list_transform(cells, lambda cell: is_total(cell)));
CREATE OR REPLACE TEMP MACRO has_signer(cells) AS
    list_bool_or(list_transform(cells, lambda cell: is_signer(cell)));
CREATE OR REPLACE TEMP MACRO has_signature(cells) AS
    list_bool_or(list_transform(cells, lambda cell: is_signature(cell)));

-- Requests for supplements, in the order of their days: each has the day, the promise before it and the one
-- after it. Four words a record, as they stand in the variable `supplement_shape`.
CREATE OR REPLACE TEMP MACRO requests(records) AS
    list_sort(list_transform(
        list_transform(
            records,
            lambda record: {
                'words': record,
                'requested': moment(struct_extract_at(record, 1)),
                'received': moment(struct_extract_at(record, 2)),
                'due_before': moment(struct_extract_at(record, 3)),
                'due_after': moment(struct_extract_at(record, 4))
            }
        ),
        lambda read: {
            'day': coalesce(read.requested, read.received),
            'promise': promise(struct_extract_at(read.words, 4), read.due_after),
            'extended': TRUE,
            'due_before': promise(struct_extract_at(read.words, 3), read.due_before),
            'readable':
                (read.requested IS NULL) = (struct_extract_at(read.words, 1) IS NULL)
                AND (read.received IS NULL) = (struct_extract_at(read.words, 2) IS NULL)
                AND (read.due_before IS NULL) = (struct_extract_at(read.words, 3) IS NULL)
                AND (read.due_after IS NULL) = (struct_extract_at(read.words, 4) IS NULL)
        }
    ));

-- The records of a list written as JSON; NULL if it is none. Empty words are none.
CREATE OR REPLACE TEMP MACRO records(listed) AS
    list_transform(
        from_json(
            CASE
                WHEN NOT json_valid(listed) THEN NULL
                WHEN starts_with(listed, '{') THEN '[' || listed || ']'
                WHEN starts_with(listed, '[') THEN listed
            END,
            getvariable('supplement_shape')
        ),
        lambda record: {
            'requested': nullif(trim(struct_extract_at(record, 1)), ''),
            'received': nullif(trim(struct_extract_at(record, 2)), ''),
            'due_before': nullif(trim(struct_extract_at(record, 3)), ''),
            'due_after': nullif(trim(struct_extract_at(record, 4)), '')
        }
    );

-- The promise in force at the end: one that was moved after it had passed had not been kept.
CREATE OR REPLACE TEMP MACRO in_force(steps, original) AS
    list_reduce(
        steps,
        lambda held, step: CASE
            WHEN step.day <= held.promise AND step.promise IS NOT NULL THEN step
            ELSE held
        END,
        {'day': NULL, 'promise': original, 'extended': FALSE, 'due_before': NULL, 'readable': TRUE}
    );

-- HMAC-SHA256 (RFC 2104), its first 128 bits; the two variables are the padded key.
CREATE OR REPLACE TEMP MACRO keyed_hash(message) AS
    left(
        sha256(
            getvariable('outer_key')
            || unhex(sha256(getvariable('inner_key') || encode(message)))
        ),
        32
    )::UUID;

-- Whether the rows of a group that tell something all tell the same.
CREATE OR REPLACE TEMP MACRO agree(told) AS coalesce(min(told) = max(told), TRUE);

-- Whether something is told that was not known.
CREATE OR REPLACE TEMP MACRO is_news(told, known) AS told IS NOT NULL AND told IS DISTINCT FROM known;
