-- Which indices are there, and which editions does each have?
-- grain: one row per index and edition; an index without one has one row
-- order: index, edition
SELECT
    index_kind.index_code,
    index_kind.index_name_vi,
    index_kind.index_name_en,
    index_kind.unit,
    index_kind.applies_to_vi,
    index_kind.applies_to_en,
    index_edition.edition,
    index_edition.first_day,
    index_edition.last_day,
    index_edition.scale_max,
    coalesce(index_edition.note_vi, index_kind.note_vi) AS note_vi,
    coalesce(index_edition.note_en, index_kind.note_en) AS note_en,
    index_edition.source_id
FROM index_kind
LEFT JOIN index_edition ON index_kind.index_code = index_edition.index_code
WHERE
    ($index_code IS NULL OR index_kind.index_code = $index_code)
    AND ($edition IS NULL OR index_edition.edition = $edition)
ORDER BY index_kind.index_code ASC, index_edition.edition ASC
