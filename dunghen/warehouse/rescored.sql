-- Takes out what an imported file of scores (variable file) states again: the later statement stands.
DELETE FROM score
USING read_parquet(getvariable('file')) AS restated
WHERE
    score.index_code = restated.index_code
    AND score.edition = restated.edition
    AND score.authority_code = restated.authority_code
    AND score.criterion_code = restated.criterion_code
    AND score.first_day = restated.first_day
    AND score.last_day = restated.last_day
    AND score.score_kind = restated.score_kind
    AND score.source_id = restated.source_id;
