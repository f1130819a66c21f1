"""A mapping that cannot be used is refused in words that name file, key and what is allowed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from dunghen import cli
from dunghen.intake import mappings
from dunghen.intake.errors import UnusableError
from dunghen.intake.mappings.loading import FOLDER
from dunghen.words.intake import intake_texts, tell

DOSSIERS: dict[str, Any] = {
    "name": "mau",
    "title_vi": "Mẫu",
    "title_en": "Sample",
    "record": "dossiers",
    "recognise": ["A", "B"],
    "date_formats": ["%d/%m/%Y"],
    "columns": {
        "dossier_number": "A",
        "received_at": "B",
        "due_at": "C",
        "finished_at": "D",
        "status": "E",
        "authority": "F",
    },
    "codes": {"status": {"Xong": 9}},
    "authority": {"by": "code"},
}
REPORTS: dict[str, Any] = {
    "name": "mau",
    "title_vi": "Mẫu",
    "title_en": "Sample",
    "record": "reports",
    "recognise": ["A"],
    "columns": {"on_time": "A"},
}
WIDE: dict[str, Any] = {
    **REPORTS,
    "record": "scores",
    "columns": {"rank": "H"},
    "layout": "wide",
    "index_code": "par",
    "edition": "2022",
    "score_kind": "self",
    "criteria": {"TOTAL": "T"},
}
LONG: dict[str, Any] = {
    **{key: value for key, value in WIDE.items() if key != "criteria"},
    "layout": "long",
    "columns": {"criterion": "A", "score": "B"},
}
SAMPLES = {"dossiers": DOSSIERS, "reports": REPORTS, "wide": WIDE, "long": LONG}
GONE = object()
FILES = sorted(FOLDER.glob("*.toml"))


def toml(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, dict):
        inner = ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {toml(it)}" for key, it in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


def written(folder: Path, table: dict[str, Any]) -> Path:
    path = folder / "cua-toi.toml"
    path.write_text("\n".join(f"{key} = {toml(value)}" for key, value in table.items()), encoding="utf-8")
    return path


def changed(table: dict[str, Any], dotted: str, value: object) -> dict[str, Any]:
    """The table with one value put at a dotted key, or taken away."""
    key, _, rest = dotted.partition(".")
    if rest:
        return {**table, key: changed(table.get(key, {}), rest, value)}
    others = {name: it for name, it in table.items() if name != key}
    return others if value is GONE else {**others, key: value}


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_samples_are_good(sample: str, tmp_path: Path) -> None:
    assert mappings.load(written(tmp_path, SAMPLES[sample])).name == "mau"


# sample, dotted key, value → the text that must be told and the place it must name
FAULTS: list[tuple[str, str, object, str, str]] = [
    ("dossiers", "name", GONE, "missing", "name"),
    ("dossiers", "name", "Của tôi", "name", "name"),
    ("dossiers", "name", 5, "kind_text", "name"),
    ("dossiers", "title_vi", " ", "empty", "title_vi"),
    ("dossiers", "title_en", GONE, "missing", "title_en"),
    ("dossiers", "record", "dossier", "unknown", "record"),
    ("dossiers", "formats", ["xlsx"], "unknown", "formats.0"),
    ("dossiers", "formats", [], "empty", "formats"),
    ("dossiers", "automatic", "no", "kind_yes_or_no", "automatic"),
    ("dossiers", "recognise", [], "empty", "recognise"),
    ("dossiers", "recognise", [["A", "  "]], "empty", "recognise"),
    ("dossiers", "recognise", [[]], "empty", "recognise"),
    ("dossiers", "recognise", {"A": "B"}, "kind_list", "recognise"),
    ("dossiers", "recognize", ["A"], "unknown_near", "recognize"),
    ("dossiers", "nonsense", 1, "unknown", "nonsense"),
    ("dossiers", "columns", ["A"], "kind_table", "columns"),
    ("dossiers", "columns.recieved_at", "K", "unknown_near", "columns.recieved_at"),
    ("dossiers", "columns.zzz", "K", "unknown", "columns.zzz"),
    ("dossiers", "columns.received_at", GONE, "missing", "columns.received_at"),
    ("dossiers", "columns.due_at", GONE, "missing", "columns.due_at"),
    ("dossiers", "columns.status", GONE, "missing", "columns.status"),
    ("dossiers", "columns.authority", GONE, "missing", "columns.authority"),
    ("dossiers", "columns.finished_at", GONE, "missing_finish", "columns.finished_at"),
    ("dossiers", "columns.finished_at", "a", "heading_twice", "columns.finished_at"),
    ("dossiers", "columns.finished_at", "", "empty", "columns.finished_at"),
    ("dossiers", "columns.finished_at", [], "empty", "columns.finished_at"),
    ("dossiers", "columns.finished_at", 3, "kind_list", "columns.finished_at"),
    ("dossiers", "columns.finished_at", ["A1", 3], "kind_text", "columns.finished_at.1"),
    ("dossiers", "columns.field_code", "Địa chỉ", "forbidden", "columns.field_code"),
    (
        "dossiers",
        "columns.field_code",
        ["Mã lĩnh vực", "Người nộp / Họ tên"],
        "forbidden",
        "columns.field_code",
    ),
    ("dossiers", "recognise", ["ChuHoSo"], "forbidden", "recognise"),
    ("dossiers", "supplement_keys.due_after", "NoiDungBoSung", "forbidden", "supplement_keys.due_after"),
    ("dossiers", "as_of", {"column": "Ghi chú"}, "forbidden", "as_of.column"),
    ("dossiers", "as_of", {"key": "chuHoSo.ngay"}, "forbidden", "as_of.key"),
    ("dossiers", "records", "data.nguoiNop", "forbidden", "records"),
    ("wide", "criteria.TOTAL", "Email", "forbidden", "criteria.TOTAL"),
    ("dossiers", "supplement_keys.due_after", "NgayHenTraTruoc", "supplement_keys_twice", "supplement_keys"),
    ("dossiers", "supplement_keys.day", "X", "unknown", "supplement_keys.day"),
    ("dossiers", "columns.due_after", "K", "supplement_without_day", "columns.due_after"),
    ("dossiers", "required", ["procedure_code"], "required_unmapped", "required"),
    ("dossiers", "required", "finished_at", "kind_list", "required"),
    ("dossiers", "constants.status", "9", "unknown", "constants.status"),
    ("dossiers", "constants.authority", "11203", "constant_and_column", "constants.authority"),
    ("dossiers", "constants.channel", "fax", "unknown", "constants.channel"),
    ("dossiers", "constants.procedure_code", " ", "empty", "constants.procedure_code"),
    ("reports", "constants.coverage", "all", "unknown", "constants.coverage"),
    ("dossiers", "date_formats", GONE, "date_formats_missing", "date_formats"),
    ("dossiers", "date_formats", ["%d/%m"], "format_year", "date_formats"),
    ("dossiers", "date_formats", ["%d/%m/%y"], "format_year", "date_formats"),
    ("dossiers", "date_formats", ["%m/%Y"], "format_day", "date_formats"),
    ("dossiers", "date_formats", ["%d %B %Y"], "format_directive", "date_formats"),
    ("dossiers", "date_formats", ["%d/%m/%Y %"], "format_directive", "date_formats"),
    ("dossiers", "date_formats", ["%d/%d/%m/%Y"], "format_repeats", "date_formats"),
    ("dossiers", "date_formats", ["%d/%m/%Y %I:%M"], "format_hour", "date_formats"),
    ("dossiers", "date_formats", ["%d/%m/%Y %H:%M %p"], "format_hour", "date_formats"),
    ("dossiers", "date_formats", ["%d/%m/%Y", "%d/%m/%Y"], "format_twice", "date_formats"),
    ("dossiers", "date_formats", ["%d/%m/%Y", "%m/%d/%Y"], "day_or_month", "date_formats"),
    ("dossiers", "midnight_is_date", 1, "kind_yes_or_no", "midnight_is_date"),
    ("dossiers", "decimal_mark", ";", "unknown", "decimal_mark"),
    ("dossiers", "thousands_mark", ",", "same_marks", "thousands_mark"),
    ("dossiers", "codes", GONE, "codes_missing", "codes.status"),
    ("dossiers", "codes.status", {"Xong": 11}, "code", 'codes.status."Xong"'),
    ("dossiers", "codes.status", {"Xong": "xong"}, "code", 'codes.status."Xong"'),
    ("dossiers", "codes.status", {"Xong": True}, "kind_code", "codes.status.Xong"),
    ("dossiers", "codes.status", {"Xong": 9, "xong ": 10}, "code_twice", 'codes.status."xong "'),
    ("dossiers", "codes.status", {"Xong": 9, "": 1}, "code_of_empty", 'codes.status.""'),
    ("dossiers", "codes.channel", {"a": "online"}, "codes_without_column", "codes.channel"),
    ("dossiers", "codes.due_at", {"a": 1}, "unknown", "codes.due_at"),
    ("dossiers", "columns.channel", "K", "codes_missing", "codes.channel"),
    ("dossiers", "codes.authority", {"Xã A": "xã a"}, "code_form", 'codes.authority."Xã A"'),
    ("dossiers", "authority", GONE, "authority_missing", "authority"),
    ("dossiers", "authority", {"by": "title"}, "unknown", "authority.by"),
    ("dossiers", "authority", {}, "missing", "authority.by"),
    ("dossiers", "authority", {"by": "code", "parent": "25"}, "parent_without_name", "authority.parent"),
    ("dossiers", "authority", {"by": "name", "parent": "Phú Thọ"}, "code_form", "authority.parent"),
    ("dossiers", "number_scope", "local", "unknown", "number_scope"),
    ("dossiers", "totals", ["Tổng"], "other_record", "totals"),
    ("dossiers", "layout", "wide", "other_record", "layout"),
    ("reports", "midnight_is_date", True, "other_record", "midnight_is_date"),
    ("reports", "columns", {"row_label": "A"}, "missing_count", "columns"),
    ("reports", "authority", {"by": "name"}, "authority_without_column", "authority"),
    ("reports", "titles", {"authority": "("}, "expression", "titles.authority"),
    ("reports", "titles", {"authority": "Đơn vị"}, "expression_group", "titles.authority"),
    ("reports", "titles", {"last_day": "đến (.*)"}, "date_formats_missing", "date_formats"),
    ("dossiers", "as_of", {}, "as_of_one", "as_of"),
    ("dossiers", "as_of", {"title": "(.*)", "key": "a"}, "as_of_one", "as_of"),
    ("dossiers", "as_of", {"title": "(.*) (.*)"}, "expression_group", "as_of.title"),
    ("wide", "layout", GONE, "missing", "layout"),
    ("wide", "index_code", GONE, "missing", "index_code"),
    ("wide", "edition", 2022, "kind_text", "edition"),
    ("wide", "score_kind", "official", "unknown", "score_kind"),
    ("wide", "criteria", GONE, "missing", "criteria"),
    ("wide", "criteria.TOTAL", "H", "heading_twice", "criteria.TOTAL"),
    ("wide", "criteria", {"Tổng": "T"}, "code_form", "criteria.Tổng"),
    ("wide", "columns.score", "K", "wide_column", "columns.score"),
    ("long", "criteria", {"TOTAL": "T"}, "long_criteria", "criteria"),
    ("long", "columns.score", GONE, "missing", "columns.score"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[0]}-{fault[1]}-{fault[3]}")
def test_a_fault_is_named_in_both_languages(fault: tuple[str, str, object, str, str], tmp_path: Path) -> None:
    sample, key, value, problem, place = fault
    path = written(tmp_path, changed(SAMPLES[sample], key, value))

    with pytest.raises(UnusableError) as refusal:
        mappings.load(path)

    places = [values["place"] for text, values in refusal.value.sentences if text.endswith(f".{problem}")]
    assert places[:1] == [place]
    for language in ("vi", "en"):
        text = refusal.value.text(language)
        assert "cua-toi.toml" in text
        assert place in text
        assert not re.search("pydantic|Traceback|validation error|type=|Input should", text)


def test_both_kinds_of_supplements_at_once_are_refused(tmp_path: Path) -> None:
    table = changed(DOSSIERS, "columns.supplements", "L")
    path = written(tmp_path, changed(table, "columns.supplement_requested_at", "M"))

    with pytest.raises(UnusableError, match=r"columns\.supplements: .*supplement_requested_at"):
        mappings.load(path)


def test_every_fault_that_can_be_told_is_tested() -> None:
    told = {key.rsplit(".", 1)[1] for key in intake_texts("vi") if key.startswith("mapping.fault.")}
    assert told == {problem for _, _, _, problem, _ in FAULTS} | {"supplements_twice"}


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    table = changed(changed(DOSSIERS, "date_formats", ["%d/%m"]), "codes.status", {"Xong": 11})

    with pytest.raises(UnusableError) as refusal:
        mappings.load(written(tmp_path, table))

    assert len(refusal.value.text("en").splitlines()) == 4


@pytest.mark.parametrize(
    "fault",
    [fault for fault in FAULTS if fault[0] == "dossiers" and fault[1] not in {"columns", "date_formats"}],
    ids=lambda fault: f"{fault[1]}-{fault[3]}",
)
def test_no_fault_hides_another(fault: tuple[str, str, object, str, str], tmp_path: Path) -> None:
    _, key, value, problem, place = fault
    table = changed(changed(DOSSIERS, key, value), "date_formats", ["%d/%m"])

    with pytest.raises(UnusableError) as refusal:
        mappings.load(written(tmp_path, table))

    told = {(text.rsplit(".", 1)[1], values.get("place")) for text, values in refusal.value.sentences}
    assert told >= {(problem, place), ("format_year", "date_formats")}


def test_a_slip_in_the_kind_of_record_hides_nothing(tmp_path: Path) -> None:
    table = changed(changed(DOSSIERS, "record", "dossier"), "date_formats", ["dd/mm/yyyy"])
    table = changed(changed(table, "columns.due_at", GONE), "columns.dueat", "C")

    with pytest.raises(UnusableError) as refusal:
        mappings.load(written(tmp_path, table))

    places = [values["place"] for _, values in refusal.value.sentences if "place" in values]
    assert places == ["record", "columns.dueat", "columns.due_at", "date_formats", "date_formats"]


@pytest.mark.parametrize(
    "key", ["columns.status", "recognise", "date_formats", "authority.by", "supplement_keys.x"]
)
def test_what_was_made_up_to_look_further_is_no_fault(key: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableError) as refusal:
        mappings.load(written(tmp_path, changed(DOSSIERS, key, 5)))

    assert len([1 for text, _ in refusal.value.sentences if ".fault." in text]) == 1


@pytest.mark.slow
def test_the_command_says_nothing_after_the_faults(tmp_path: Path) -> None:
    path = written(tmp_path, changed(DOSSIERS, "date_formats", ["%d/%m"]))
    export = tmp_path / "a.csv"
    export.write_text("Số hồ sơ\nM-1\n", encoding="utf-8")
    command = ["-m", "dunghen", "import", str(export), "--mapping", str(path), "--dry-run"]

    # libraries speak up when the interpreter ends, of what something still holds
    done = subprocess.run(
        [sys.executable, *command], cwd=FOLDER.parents[1], capture_output=True, text=True, check=False
    )

    assert done.returncode == cli.UNUSABLE
    told = tell("mapping.refused", "vi", file=path.name), tell("mapping.see_docs", "vi")
    assert (done.stderr.splitlines()[0], done.stderr.splitlines()[-1]) == told


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'name = "a"\ntitle_vi "b"\n', 2),
        (b'name = "a"\nname = "b"\n', 2),
        (b'name = "a\n', 1),
        (b"[columns\n", 1),
        (b'a = "b"\nb = [1,\n', 2),
        (b"a = " + b"[" * 5000, 1),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(content: bytes, line: int, tmp_path: Path) -> None:
    path = tmp_path / "hong.toml"
    path.write_bytes(content)

    with pytest.raises(UnusableError) as refusal:
        mappings.load(path)

    assert f"hong.toml is no valid TOML at line {line}." in refusal.value.text("en")


def test_nothing_of_a_file_of_dossiers_given_for_a_mapping_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "ho-so.csv"
    path.write_text("MaHoSo;ChuHoSo\n1;NGUYEN VAN MAU\n", encoding="utf-8")

    with pytest.raises(UnusableError) as refusal:
        mappings.load(path.resolve())

    assert "ho-so.csv" in refusal.value.text("vi")
    assert not re.search("ChuHoSo|MAU", refusal.value.text("vi") + repr(refusal.value))


VALUES = (
    "true",
    "1",
    "1.5",
    "[]",
    "{}",
    '""',
    "2020-01-01",
    "inf",
    "[[1]]",
    "{ a = { b = 1 } }",
    '"\\u0000"',
)


def mutated(text: str, random: Random) -> str:
    """The text of a mapping with one to three lines given another value, doubled, cut or lost."""
    lines = text.splitlines()
    for _ in range(random.randint(1, 3)):
        place = random.randrange(len(lines))
        line = lines[place]
        key = line.split("=")[0]
        lines[place : place + 1] = random.choice(
            [[f"{key}= {random.choice(VALUES)}"], [line, line], [line[: random.randint(0, len(line))]], [""]]
        )
    return "\n".join(lines)


@pytest.mark.slow
@pytest.mark.parametrize("source", FILES, ids=lambda path: path.stem)
def test_a_damaged_mapping_is_read_or_refused_in_words(source: Path, tmp_path: Path) -> None:
    random = Random(source.stem)  # noqa: S311 - the same damage every time, no secret
    text, path = source.read_text(encoding="utf-8"), tmp_path / "hong.toml"
    refusals = []
    for _ in range(60):
        path.write_text(mutated(text, random), encoding="utf-8")
        try:
            mappings.load(path)
        except UnusableError as refusal:
            refusals.append(refusal)
    assert len(refusals) > 20
    told = [refusal.text(language) for refusal in refusals for language in ("vi", "en")]
    assert [text for text in told if "hong.toml" not in text] == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("tên = 'Đất'".encode("utf-16"), "not in UTF-8"),
        (b"# " + b"x" * 1_000_001, "too large"),
        (None, "cannot be opened"),
    ],
)
def test_a_file_that_is_no_mapping_is_told_so(content: bytes | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / "khac.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(UnusableError) as refusal:
        mappings.load(path)

    assert words in refusal.value.text("en")
    assert "khac.toml" in refusal.value.text("vi")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = written(tmp_path, DOSSIERS)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert mappings.load(str(path)).name == "mau"


def test_an_unknown_name_names_those_there_are() -> None:
    with pytest.raises(UnusableError) as refusal:
        mappings.load("khong-co")

    assert "national-sync" in refusal.value.text("en")
