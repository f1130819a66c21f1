"""The doors of the house: who may import what, where SQL stands, what every page and every query owes.

Each rule looks at a tree and returns what breaks it, in words. One test holds this checkout to all of them
and another plants an offence for each and expects it to be named, so that no rule can fall asleep.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[1]
LONGEST_PAGE = 40
LONGEST_SQL_IN_PYTHON = 160

# room → the only modules of ours it may import; the standard library is always allowed
PAGE_IMPORTS = ("dunghen.ui", "dunghen.questions", "dunghen.figures", "dunghen.scope")
# module → the only places that may import it
ONLY_FROM = {
    "streamlit": ("app.py", "dunghen/ui/"),
    "plotly": ("dunghen/figures.py", "dunghen/figures/"),
    "starlette": ("dunghen/serving/", "dunghen/light/", "dunghen/open_data/"),
    "duckdb": ("dunghen/warehouse/", "dunghen/intake/", "dunghen/questions.py"),
}
# place → modules it must never import
NEVER = {
    "dunghen/intake/": ("dunghen.ui", "dunghen.light", "dunghen.open_data", "dunghen.questions"),
    "dunghen/warehouse/": ("dunghen.questions", "dunghen.ui", "dunghen.light", "dunghen.open_data"),
    "dunghen/measures.py": ("dunghen",),
    "dunghen/scope.py": ("dunghen",),
    "dunghen/figures.py": ("dunghen.questions", "dunghen.warehouse", "dunghen.ui"),
    "dunghen/questions.py": ("dunghen.ui", "dunghen.light", "dunghen.open_data", "dunghen.figures"),
    "dunghen/ui/": ("dunghen.warehouse", "dunghen.intake", "dunghen.light", "dunghen.open_data"),
    "dunghen/light/": ("dunghen.warehouse", "dunghen.intake", "dunghen.ui"),
    "dunghen/open_data/": ("dunghen.intake", "dunghen.ui"),
    "dunghen/serving/": ("dunghen.ui", "dunghen.questions", "dunghen.intake"),
    "dunghen/words/": ("dunghen.ui", "dunghen.questions", "dunghen.warehouse"),
}
# libraries that we need and never import: Streamlit draws our figures, which are plain dicts, with plotly
NEVER_IMPORTED = {"plotly"}
MAY_WRITE = ("dunghen/warehouse/", "dunghen/intake/")
STREAMLITS_NAMES = re.compile(r"data-testid|\.st-|\bst(App|Main|Sidebar|Vertical|Horizontal|Element)\w*")
FORBIDDEN_ROOMS = {"utils", "helpers", "common", "core", "misc"}
SQL_START = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE|CREATE|COPY|ATTACH|MERGE|PIVOT)\s", re.ASCII)
SQL_QUESTION = re.compile(r"\b(WHERE|JOIN|GROUP BY|HAVING|UNION)\b")


@cache
def python_files(root: Path) -> list[tuple[str, ast.Module]]:
    """Every module of the product (tests and data scripts are not), as its place and its syntax tree."""
    return [
        (path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted([*root.glob("*.py"), *root.glob("pages/**/*.py"), *root.glob("dunghen/**/*.py")])
    ]


def imports(tree: ast.Module) -> Iterator[str]:
    """The dotted name of everything a module imports; `from a import b` counts as `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def pages_import_only_what_they_may(root: Path) -> list[str]:
    return [
        f"{place} imports {name}"
        for place, tree in python_files(root)
        if place.startswith("pages/")
        for name in imports(tree)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not any(within(name, allowed) for allowed in PAGE_IMPORTS)
    ]


def libraries_stay_in_their_rooms(root: Path) -> list[str]:
    return [
        f"{place} imports {name}"
        for place, tree in python_files(root)
        for name in imports(tree)
        for library, places in ONLY_FROM.items()
        if within(name, library) and not place.startswith(places)
    ]


def rooms_keep_their_doors_shut(root: Path) -> list[str]:
    return [
        f"{place} imports {name}"
        for place, tree in python_files(root)
        for room, modules in NEVER.items()
        if place.startswith(room)
        for name in imports(tree)
        if any(within(name, module) for module in modules)
    ]


def only_the_warehouse_and_the_intake_connect(root: Path) -> list[str]:
    return [
        f"{place}:{node.lineno} opens a DuckDB connection"
        for place, tree in python_files(root)
        if not place.startswith(MAY_WRITE)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "duckdb.connect"
    ]


# what is installed does not change while the tests run, and takes half a second to read
installed = cache(packages_distributions)


def requirements_are_what_is_imported(root: Path) -> list[str]:
    named = {
        re.split(r"[=<>~]", line)[0].lower().replace("_", "-")
        for line in (root / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    distributions = installed()
    imported: set[str] = set()
    for _, tree in python_files(root):
        tops = {name.split(".")[0] for name in imports(tree)} - sys.stdlib_module_names - {"dunghen"}
        imported |= {
            distributions.get(top, [top])[0].lower().replace("_", "-")
            for top in tops
            if not (root / f"{top}.py").exists()
        }
    return [f"requirements.txt lacks {name}" for name in sorted(imported - named)] + [
        f"requirements.txt names {name}, which nothing imports"
        for name in sorted(named - imported - NEVER_IMPORTED)
    ]


def every_query_is_asked(root: Path) -> list[str]:
    literals = {
        node.value
        for _, tree in python_files(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return [
        f"queries/{path.name} is asked by nobody"
        for path in sorted(root.glob("queries/*.sql"))
        if path.stem not in literals
    ]


def every_page_is_in_the_menu(root: Path) -> list[str]:
    menu = {
        node.value
        for node in ast.walk(ast.parse((root / "dunghen/addresses.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".py")
    }
    scripts = {path.name for path in root.glob("pages/*.py")}
    return [f"pages/{name} is not in the menu" for name in sorted(scripts - menu)] + [
        f"the menu names pages/{name}, which does not exist" for name in sorted(menu - scripts)
    ]


def pages_are_short(root: Path) -> list[str]:
    offences = []
    for path in sorted(root.glob("pages/*.py")):
        text = path.read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
        if len(lines) > LONGEST_PAGE:
            offences.append(f"pages/{path.name} has {len(lines)} lines of code")
    return offences


def nothing_forbidden_is_used(root: Path) -> list[str]:
    forbidden = {"session_state", "unsafe_allow_html"}
    return [
        f"{place}:{getattr(node, 'lineno', 0)} uses {name}"
        for place, tree in python_files(root)
        for node in ast.walk(tree)
        if (name := getattr(node, "attr", None) or getattr(node, "arg", None) or getattr(node, "id", None))
        in forbidden
    ]


def nothing_leans_on_streamlits_names(root: Path) -> list[str]:
    places = (path for suffix in ("css", "html", "js", "py") for path in root.glob(f"dunghen/**/*.{suffix}"))
    return [
        f"{path.relative_to(root).as_posix()} names {found[0]}, which is Streamlit's and may change"
        for path in sorted(places)
        if (found := STREAMLITS_NAMES.search(path.read_text(encoding="utf-8")))
    ]


def python_holds_no_questions(root: Path) -> list[str]:
    return [
        f"{place}:{node.lineno} holds SQL: {text[:60]}"
        for place, tree in python_files(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant | ast.JoinedStr)
        and SQL_START.match(text := _text(node))
        and (len(text) > LONGEST_SQL_IN_PYTHON or SQL_QUESTION.search(text))
    ]


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)


def queries_say_what_they_are(root: Path) -> list[str]:
    offences = []
    for path in sorted(root.glob("queries/**/*.sql")):
        name = path.relative_to(root).as_posix()
        head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("-- ")]
        owed = ("mend",) if path.parent.name == "checks" else ("grain", "order")
        if not head or not head[0].endswith("?"):
            offences.append(f"{name}: the first line is no question")
        offences += [
            f"{name}: no `{key}:` line"
            for key in owed
            if not any(line.startswith(f"-- {key}: ") for line in head)
        ]
        if path.parent.name != "checks" and not re.search("_(by|with)_", path.stem):
            offences.append(f"{name}: the name does not say what comes back by what")
    return offences


def queries_are_one_plain_select(root: Path) -> list[str]:
    offences = []
    for path in sorted(root.glob("queries/**/*.sql")):
        name = path.relative_to(root).as_posix()
        sql = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
        statements = duckdb.extract_statements(sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            offences.append(f"{name} is not one SELECT")
        if re.search(r"SELECT\s+(DISTINCT\s+)?\*", sql):
            offences.append(f"{name} selects *")
        if re.search(r"(GROUP|ORDER) BY\s+\d", sql):
            offences.append(f"{name} groups or orders by a number")
    return offences


def rooms_have_subjects(root: Path) -> list[str]:
    return [
        f"{place} has no subject"
        for place, _ in python_files(root)
        if FORBIDDEN_ROOMS & set(re.split(r"[/.]", place))
    ]


Rule = Callable[[Path], list[str]]
# rule → an offence: the file to plant and the words that must come back
OFFENCES: dict[Rule, tuple[str, str, str]] = {
    pages_import_only_what_they_may: ("pages/a.py", "import pandas as pd", "pages/a.py imports pandas"),
    libraries_stay_in_their_rooms: (
        "dunghen/light/a.py",
        "from streamlit import caching",
        "dunghen/light/a.py imports streamlit.caching",
    ),
    rooms_keep_their_doors_shut: (
        "dunghen/intake/a.py",
        "from dunghen.ui import frame",
        "dunghen/intake/a.py imports dunghen.ui.frame",
    ),
    only_the_warehouse_and_the_intake_connect: (
        "dunghen/questions.py",
        "import duckdb\nduckdb.connect('x')",
        "dunghen/questions.py:2 opens a DuckDB connection",
    ),
    requirements_are_what_is_imported: ("dunghen/a.py", "import yaml", "requirements.txt lacks pyyaml"),
    every_query_is_asked: ("queries/a_by_b.sql", "-- Is it?", "queries/a_by_b.sql is asked by nobody"),
    every_page_is_in_the_menu: ("pages/a.py", "", "pages/a.py is not in the menu"),
    pages_are_short: ("pages/a.py", "a = 1\n" * 41, "pages/a.py has 41 lines of code"),
    nothing_forbidden_is_used: (
        "dunghen/ui/a.py",
        "import streamlit as st\nst.session_state['a'] = 1",
        "dunghen/ui/a.py:2 uses session_state",
    ),
    nothing_leans_on_streamlits_names: (
        "dunghen/ui/a.css",
        ".stSidebar { display: none }",
        "dunghen/ui/a.css names stSidebar, which is Streamlit's and may change",
    ),
    python_holds_no_questions: (
        "dunghen/a.py",
        "n = 'x'\nsql = f'SELECT a FROM {n} WHERE b'",
        "dunghen/a.py:2 holds SQL: SELECT a FROM … WHERE b",
    ),
    queries_say_what_they_are: (
        "queries/a.sql",
        "-- Is it?\n-- grain: one row\nSELECT 1",
        "queries/a.sql: no `order:` line",
    ),
    queries_are_one_plain_select: ("queries/a.sql", "SELECT * FROM a", "queries/a.sql selects *"),
    rooms_have_subjects: ("dunghen/utils/a.py", "", "dunghen/utils/a.py has no subject"),
}


@pytest.mark.parametrize("rule", OFFENCES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    assert rule(ROOT) == []


@pytest.mark.parametrize(
    ("rule", "offence"), OFFENCES.items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_the_rule_names_an_offence(rule: Rule, offence: tuple[str, str, str], tmp_path: Path) -> None:
    place, text, words = offence
    for name, content in {"requirements.txt": "", "dunghen/addresses.py": "", place: text}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")

    assert words in rule(tmp_path)


def test_an_unasked_library_is_named(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("# why\nholidays==1.0\n", encoding="utf-8")

    assert requirements_are_what_is_imported(tmp_path) == [
        "requirements.txt names holidays, which nothing imports"
    ]


def test_a_menu_entry_without_a_script_is_named(tmp_path: Path) -> None:
    (tmp_path / "dunghen").mkdir()
    (tmp_path / "dunghen/addresses.py").write_text("PAGES = ['gone.py']", encoding="utf-8")

    assert every_page_is_in_the_menu(tmp_path) == ["the menu names pages/gone.py, which does not exist"]


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELECT a FROM b GROUP BY 1", "queries/a.sql groups or orders by a number"),
        ("SELECT 1; SELECT 2", "queries/a.sql is not one SELECT"),
        ("DELETE FROM a", "queries/a.sql is not one SELECT"),
    ],
)
def test_a_query_that_is_no_plain_select_is_named(sql: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries/a.sql").write_text(sql, encoding="utf-8")

    assert words in queries_are_one_plain_select(tmp_path)
