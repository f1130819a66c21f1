"""Tables as text: what comes from data stays text, whatever it holds."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dunghen.ui.table import plain, quiet


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Xã Đồng Tâm", "Xã Đồng Tâm"),
        ("a|b", "a\\|b"),
        ("[x](javascript:alert(1))", "\\[x\\](javascript\\:alert(1))"),
        (":red[$1$]", "\\:red\\[\\$1\\$\\]"),
        ("two\nlines", "two lines"),
    ],
)
def test_markup_in_data_is_shown_and_not_obeyed(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_empty_parts_leave_no_mark() -> None:
    assert quiet("năm 2023", "", "báo chí") == ":gray[· năm 2023 · báo chí]"


def test_every_row_of_a_text_table_is_a_line() -> None:
    def page() -> None:
        from dunghen.ui.table import text_table  # noqa: PLC0415 - AppTest runs this body alone

        text_table(("Đơn vị", "Tỷ lệ"), [("Xã A", "**90%**"), ("Xã B", "")])

    shown = AppTest.from_function(page).run().markdown[0].value

    assert shown.split("\n") == ["| Đơn vị | Tỷ lệ |", "| --- | --- |", "| Xã A | **90%** |", "| Xã B |   |"]
