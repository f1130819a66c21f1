"""Mappings as a person reads them on a terminal: all in short, or one in full."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from dunghen.words.intake import tell

if TYPE_CHECKING:
    from dunghen.intake.mappings.model import Mapping

_INDENT = "    "
_FORMATS = {"csv": "CSV", "workbook": "XLS/XLSX", "json": "JSON"}


def overview(mappings: Sequence[Mapping], language: str, width: int) -> str:
    """All mappings, one below the other: name, kind of record, title, headings it is known by, documents."""
    ways_on = [tell("mapping.list.one", language), tell("mapping.list.own", language)]
    blocks = ["\n".join(_short(mapping, language, width)) for mapping in mappings]
    return "\n\n".join((*blocks, "\n".join(ways_on)))


def in_full(mapping: Mapping, language: str, width: int) -> str:
    """Everything one mapping says."""
    parts: list[Iterable[str]] = [_short(mapping, language, width)]
    parts += [_rules(mapping, language, width)]
    for title, table in filter(lambda named: named[1], _tables(mapping)):
        rows = {name: _alternatives(value) for name, value in table.items()}
        parts += [[f"{_INDENT}{tell(f'mapping.list.{title}', language)}:"], _two_columns(rows, width)]
    return "\n".join(line for part in parts for line in part)


def _short(mapping: Mapping, language: str, width: int) -> Iterator[str]:
    record = tell(f"mapping.record.{mapping.record}", language)
    formats = [_FORMATS[name] for name in mapping.formats]
    by_name = "" if mapping.automatic else f", {tell('mapping.list.by_name', language)}"
    yield f"{mapping.name}  ({record}, {', '.join(formats)}{by_name})"
    yield from _line(mapping.title_vi if language == "vi" else mapping.title_en, width)
    known_by = "; ".join(_alternatives(names) for names in mapping.recognise)
    yield from _line(f"{tell('mapping.list.recognise', language)}: {known_by}", width)
    if mapping.documented:
        yield from _line(f"{tell('mapping.list.documented', language)}: {mapping.documented}", width)


def _rules(mapping: Mapping, language: str, width: int) -> Iterator[str]:
    rules = {
        "required": ", ".join(mapping.needed),
        "sheets": ", ".join(mapping.sheets),
        "records": ", ".join(mapping.records),
        "dates": ", ".join(mapping.date_formats),
        "decimal_mark": mapping.decimal_mark,
        "thousands_mark": mapping.thousands_mark,
        "totals": "; ".join(mapping.totals),
        "authority": _table(mapping.authority.model_dump(exclude_none=True) if mapping.authority else {}),
        "as_of": _table(mapping.as_of.model_dump(exclude_none=True) if mapping.as_of else {}),
        "titles": _table(mapping.titles.model_dump(exclude_none=True)),
        "constants": _table(mapping.constants),
        "index": " ".join(filter(None, (mapping.index_code, mapping.edition, mapping.layout))),
    }
    for name, value in rules.items():
        if value.strip():
            yield from _line(f"{tell(f'mapping.list.{name}', language)}: {value}", width)


def _tables(mapping: Mapping) -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
    yield "columns", dict(mapping.columns)
    yield "criteria", dict(mapping.criteria)
    for column, codes in mapping.codes.items():
        texts: dict[str, tuple[str, ...]] = {}
        for text, code in codes.items():
            texts[str(code)] = (*texts.get(str(code), ()), text or '""')
        yield f"codes_{column}", texts


def _alternatives(names: Sequence[str]) -> str:
    return " | ".join(names)


def _table(values: dict[str, object] | dict[str, str]) -> str:
    return "; ".join(f"{name} = {value}" for name, value in values.items())


def _line(text: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, 40),
        initial_indent=_INDENT,
        subsequent_indent=2 * _INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _two_columns(rows: dict[str, str], width: int) -> Iterator[str]:
    first = max(map(len, rows), default=0)
    for name, value in rows.items():
        start = f"{2 * _INDENT}{name:<{first}}  "
        yield from textwrap.wrap(
            value,
            max(width, 2 * len(start)),
            initial_indent=start,
            subsequent_indent=" " * len(start),
            break_long_words=False,
            break_on_hyphens=False,
        )
