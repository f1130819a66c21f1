-- Which grades does an index give, and from which share of the points?
-- grain: one row per index, edition, scope and grade
-- order: index, edition, scope, highest grade first
SELECT
    index_code,
    edition,
    scope_vi,
    scope_en,
    grade_code,
    grade_name_vi,
    grade_name_en,
    min_share,
    source_id,
    note
FROM grade
WHERE ($index_code IS NULL OR index_code = $index_code) AND ($edition IS NULL OR edition = $edition)
ORDER BY
    index_code ASC,
    edition ASC,
    scope_vi ASC,
    min_share DESC NULLS LAST,
    grade_code ASC
