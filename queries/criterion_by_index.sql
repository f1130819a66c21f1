-- Which indices, editions and criteria are there, and how many points is each worth?
-- grain: one row per criterion of an edition
-- order: index, edition, position, code
SELECT
    criterion.index_code,
    index_kind.index_name_vi,
    index_kind.index_name_en,
    index_kind.unit,
    index_kind.applies_to_vi,
    index_kind.applies_to_en,
    criterion.edition,
    index_edition.scale_max,
    criterion.criterion_code,
    criterion.parent_criterion_code,
    criterion.position,
    criterion.criterion_name_vi,
    criterion.criterion_name_en,
    criterion.max_score,
    criterion.rule_vi,
    criterion.rule_en,
    criterion.source_id
FROM criterion
INNER JOIN index_kind ON criterion.index_code = index_kind.index_code
INNER JOIN index_edition
    ON criterion.index_code = index_edition.index_code AND criterion.edition = index_edition.edition
WHERE
    ($index_code IS NULL OR criterion.index_code = $index_code)
    AND ($edition IS NULL OR criterion.edition = $edition)
ORDER BY
    criterion.index_code ASC,
    criterion.edition ASC,
    criterion.position ASC,
    criterion.criterion_code ASC
