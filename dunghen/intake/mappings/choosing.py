"""Which mapping a table is read by: its headings choose.

A message names only headings that mappings name: what else a file calls its columns may be personal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from dunghen.intake.errors import UnusableError
from dunghen.intake.mappings.headings import begins_one, places
from dunghen.intake.mappings.sense import listed
from dunghen.intake.reading.encodings import font_encoding

if TYPE_CHECKING:
    from dunghen.intake.mappings.model import Mapping
    from dunghen.intake.reading.tables import HeadingRow, SourceTable


class Choice(NamedTuple):
    """The mapping that a table is read by, the row of its headings, and heading in the file → our column."""

    mapping: Mapping
    heading: HeadingRow
    columns: dict[str, str]


class _Fit(NamedTuple):
    """How well a mapping fits one row of headings."""

    mapping: Mapping
    heading: HeadingRow
    missing: tuple[str, ...]
    found: int
    # of the missing, those that the file has with more words behind them ("CKMB_max18" for "CKMB")
    longer: int

    @property
    def nearness(self) -> tuple[float, int, int]:
        """Greater is nearer: the share of what is asked that is there (what has more words behind it counts
        half), columns found, fewer rows merged."""
        asked = len(_asked(self.mapping))
        return 1 - (len(self.missing) - self.longer / 2) / asked, self.found, -self.heading.rows

    @property
    def is_strange(self) -> bool:
        """Whether nothing of what is asked is there, nor half of it with more words behind it."""
        asked = len(_asked(self.mapping))
        return len(self.missing) == asked > 2 * self.longer


def choose(table: SourceTable, mappings: Sequence[Mapping]) -> Choice:
    """The one of `mappings` whose headings stand in the table, with the row in which they stand.

    One mapping alone is the user's own choice; of several, those that must be named do not take part. Raises
    `UnusableError` if none fits (naming the nearest and the headings that are missing), if two do, or if the
    table has a heading twice."""
    candidates = table.heading_rows()
    nearest = [fit for mapping in mappings if (fit := _nearest(table, mapping, candidates))]
    whole = [fit for fit in nearest if not fit.missing]
    chosen = [fit for fit in whole if fit.mapping.automatic or len(mappings) == 1]
    if len(chosen) == 1:
        return Choice(chosen[0].mapping, chosen[0].heading, _columns(table, chosen[0]))
    if chosen:
        names = listed(fit.mapping.name for fit in chosen)
        raise UnusableError("mapping.two_fit", file=table.place, names=names)
    if whole:
        raise UnusableError("mapping.must_be_named", file=table.place, name=whole[0].mapping.name)
    raise (
        _in_old_font(table, candidates)
        or _elsewhere(table, mappings, candidates)
        or _none_fits(table, mappings, max(nearest, key=lambda fit: fit.nearness, default=None))
    )


def _in_old_font(table: SourceTable, candidates: Sequence[HeadingRow]) -> UnusableError | None:
    """What to say where the letters of a table, though in Unicode, are Vietnamese in an old font only."""
    texts = {text for heading in candidates for text in heading.headings}
    if encoding := font_encoding(" ".join(sorted(texts))):
        return UnusableError("reading.font_encoding", file=table.place, encoding=encoding)
    return None


def _elsewhere(
    table: SourceTable, mappings: Sequence[Mapping], candidates: Sequence[HeadingRow]
) -> UnusableError | None:
    """What to say where a mapping would fit if it did not name other sheets or lists than this one."""
    for mapping in mappings:
        fits = (_fit(mapping, heading) for heading in candidates if table.format in mapping.formats)
        if not _is_wanted(table, mapping) and any(not fit.missing for fit in fits):
            key = "records" if table.format == "json" else "sheets"
            places = listed(f"“{name}”" for name in getattr(mapping, key))
            return UnusableError(
                "mapping.elsewhere", file=table.place, name=mapping.name, places=places, key=key
            )
    return None


def _none_fits(table: SourceTable, mappings: Sequence[Mapping], nearest: _Fit | None) -> UnusableError:
    names = listed(mapping.name for mapping in mappings)
    if nearest is None or nearest.is_strange:
        return UnusableError("mapping.none_fits", file=table.place, names=names)
    values = {"file": table.place, "name": nearest.mapping.name, "missing": "; ".join(nearest.missing)}
    return UnusableError("mapping.nearest", **values)


def _nearest(table: SourceTable, mapping: Mapping, candidates: Sequence[HeadingRow]) -> _Fit | None:
    """The row that fits a mapping best, the first of equals; None where the mapping cannot apply."""
    if table.format not in mapping.formats or not _is_wanted(table, mapping):
        return None
    fits = [_fit(mapping, heading) for heading in candidates]
    return max(fits, key=lambda fit: fit.nearness, default=None)


def _is_wanted(table: SourceTable, mapping: Mapping) -> bool:
    """Whether the sheet, or the list of a JSON file, is one that the mapping names, if it names any."""
    if table.format == "json":
        return not mapping.records or table.records is None or table.records in mapping.records
    return not mapping.sheets or table.sheet_name is None or bool(places([table.sheet_name], mapping.sheets))


def _asked(mapping: Mapping) -> list[tuple[str, ...]]:
    """The headings that must be there: those a mapping is recognised by and those of the columns it needs."""
    return list(dict.fromkeys((*mapping.recognise, *(mapping.columns[name] for name in mapping.needed))))


def _fit(mapping: Mapping, heading: HeadingRow) -> _Fit:
    missing = [names for names in _asked(mapping) if not places(names, heading.headings)]
    found = sum(bool(places(names, heading.headings)) for names in mapping.staged.values())
    longer = sum(begins_one(names, heading.headings) for names in missing)
    return _Fit(mapping, heading, tuple(names[0] for names in missing), found, longer)


def _columns(table: SourceTable, fit: _Fit) -> dict[str, str]:
    columns: dict[str, str] = {}
    for name, headings in fit.mapping.staged.items():
        found = places(headings, fit.heading.headings)
        if len(found) > 1:
            raise UnusableError("mapping.heading_twice", file=table.place, heading=headings[0])
        if found:
            columns[fit.heading.headings[found[0]]] = name
    return columns
