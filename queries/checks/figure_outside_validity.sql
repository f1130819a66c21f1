-- Does a figure lie wholly before an authority began or after it ended?
-- examines: report, score, indicator
-- mend: Point the row at the body that was valid then (data/registry/authorities.csv has the days).
-- mend_vi: Ghi đơn vị có hiệu lực khi đó (ngày ở data/registry/authorities.csv).
WITH figure AS (
    SELECT
        'report ' || report_id AS figure,
        authority_code,
        first_day,
        last_day
    FROM report
    UNION ALL
    SELECT
        concat_ws(' ', 'score', index_code, edition, criterion_code),
        authority_code,
        first_day,
        last_day
    FROM score
    UNION ALL
    SELECT
        'indicator ' || indicator_code,
        authority_code,
        first_day,
        last_day
    FROM indicator
)

SELECT
    figure.figure,
    figure.authority_code,
    authority.authority_name,
    figure.first_day,
    figure.last_day,
    authority.valid_from,
    authority.valid_to
FROM figure
INNER JOIN authority ON figure.authority_code = authority.authority_code
WHERE
    (NOT authority.valid_from_is_bound AND figure.last_day < authority.valid_from)
    OR (NOT authority.valid_to_is_bound AND coalesce(figure.first_day, figure.last_day) > authority.valid_to)
