-- Which periods of an area must not be broken down: an area has all dossiers of its offices, an office's own
-- figures only what is of its months. Where both are told and differ, the difference may be small.
-- Reads own_event, span and member (rollup.sql); takes rows out of breakdown_source (published.sql).

-- The months in which something happened to an office's dossiers: whether they are among its own figures, and
-- what was open when they ended and until the next of them.
CREATE OR REPLACE TEMP TABLE office_month AS
SELECT
    own_event.authority_code,
    own_event.month,
    lead(own_event.month, 1, DATE '9999-12-01') OVER of_office AS next_month,
    span.first_month AS own_first,
    span.last_day AS own_last,
    coalesce(own_event.month BETWEEN span.first_month AND span.last_day, FALSE) AS is_own,
    sum(own_event.received - own_event.closed) OVER of_office AS open
FROM own_event
LEFT JOIN span ON own_event.authority_code = span.authority_code AND span.coverage = 'own'
WHERE own_event.dimension = 'whole'
WINDOW of_office AS (PARTITION BY own_event.authority_code ORDER BY own_event.month);

-- What came or went in a month that is no office's own is in every breakdown of the area.
DELETE FROM breakdown_source
WHERE
    coverage = 'area'
    AND EXISTS (
        SELECT office_month.authority_code
        FROM office_month
        INNER JOIN member ON office_month.authority_code = member.member_code
        WHERE
            member.coverage = 'area'
            AND member.authority_code = breakdown_source.authority_code
            AND NOT office_month.is_own
            AND office_month.month
            BETWEEN first_of('month', breakdown_source.first_day) AND breakdown_source.last_day
    );

-- What is open when a year ends, and no office's own then, is told by field; procedures go with their fields.
-- What was open when it began was so when the year before ended, or came or went in it, or is an office's.
DELETE FROM breakdown_source
WHERE
    coverage = 'area'
    AND period_kind = 'year'
    AND dimension IN ('field', 'procedure')
    AND EXISTS (
        SELECT office_month.authority_code
        FROM office_month
        INNER JOIN member ON office_month.authority_code = member.member_code
        WHERE
            member.coverage = 'area'
            AND member.authority_code = breakdown_source.authority_code
            AND office_month.open <> 0
            AND office_month.month <= breakdown_source.last_day
            AND office_month.next_month > breakdown_source.last_day
            AND coalesce(
                breakdown_source.last_day NOT BETWEEN office_month.own_first AND office_month.own_last, TRUE
            )
    );
