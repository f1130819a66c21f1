"""A page that fails says so in words and gives nothing away."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from dunghen.ui import failure

FAILING = """
from dunghen.ui.failure import show_failure

show_failure(ZeroDivisionError("secret detail"))
"""


def test_a_failure_is_told_in_both_languages_and_nothing_else_is_shown() -> None:
    shown = AppTest.from_string(FAILING).run()

    assert [error.value for error in shown.error] == [
        "Trang Đúng Hẹn đang gặp lỗi. Lỗi đã được ghi lại. Xin tải lại trang sau ít phút.",
        "Đúng Hẹn has run into an error. It has been recorded. Please load the page again in a few minutes.",
    ]


def test_streamlits_own_words_are_kept_back() -> None:
    assert failure.show_failure(ZeroDivisionError("secret detail")) is True
