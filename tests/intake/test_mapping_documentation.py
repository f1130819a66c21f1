"""docs/mappings.md tells every key of a mapping, with examples that work."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dunghen.intake.mappings.columns import CODES, COLUMNS, CONSTANTS
from dunghen.intake.mappings.model import Mapping

TEXT = (Path(__file__).resolve().parents[2] / "docs/mappings.md").read_text(encoding="utf-8")
# key → what stands below its heading
SECTIONS = {part.split("`", 1)[0]: part for part in TEXT.split("\n## Every key", 1)[1].split("\n### `")[1:]}
EXAMPLES = re.compile(r"```toml\n(.*?)```", re.DOTALL)
SMALLEST = tomllib.loads(EXAMPLES.findall(TEXT)[0])
REPORT: dict[str, Any] = {
    **{key: SMALLEST[key] for key in ("name", "title_vi", "title_en", "recognise", "date_formats")},
    "record": "reports",
    "columns": {"on_time": "Đúng hạn"},
}
SCORES: dict[str, Any] = {
    **REPORT,
    "record": "scores",
    "columns": {},
    "layout": "wide",
    "index_code": "i",
    "edition": "2022",
    "score_kind": "self",
    "criteria": {"TOTAL": "Tổng"},
}
BASES = {
    "totals": REPORT,
    "titles": REPORT,
    **dict.fromkeys(("layout", "index_code", "edition", "score_kind", "criteria"), SCORES),
}


def test_the_smallest_mapping_is_one() -> None:
    assert Mapping.model_validate(SMALLEST).name == "xa-minh-hoa"


def test_every_key_has_a_section_and_no_other() -> None:
    assert sorted(SECTIONS) == sorted(Mapping.model_fields)


@pytest.mark.parametrize("key", SECTIONS)
def test_the_example_of_a_key_works(key: str) -> None:
    examples = EXAMPLES.findall(SECTIONS[key])
    assert examples
    for example in examples:
        table = tomllib.loads(example)
        assert key in table
        assert Mapping.model_validate(BASES.get(key, SMALLEST) | table)


@pytest.mark.parametrize(
    ("key", "tables"), [("columns", COLUMNS), ("constants", CONSTANTS), ("codes", CODES)]
)
def test_every_column_constant_and_code_list_is_told(key: str, tables: dict[str, Any]) -> None:
    told = {*re.findall(r"`([a-z_.]+)`", SECTIONS[key])}
    wanted = {f"codes.{name}" if key == "codes" else name for names in tables.values() for name in names}
    assert wanted - told == set()


def test_every_value_of_a_constant_is_told() -> None:
    wanted = {value for names in CONSTANTS.values() for values in names.values() for value in values}
    assert wanted - {*re.findall(r"`([a-z_]+)`", SECTIONS["constants"])} == set()


@pytest.mark.parametrize("part", ["authority", "as_of", "titles", "supplement_keys"])
def test_every_key_inside_a_table_is_told(part: str) -> None:
    default = Mapping.model_fields[part].annotation
    models = [default, *getattr(default, "__args__", ())]
    names = next(model.model_fields for model in models if hasattr(model, "model_fields"))
    assert [name for name in names if name not in SECTIONS[part]] == []
