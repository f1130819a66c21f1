"""Opening a page of the explorer by its address, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60
PLAIN = str.maketrans({"\\": "", "\N{NO-BREAK SPACE}": " "})

OpenPage = Callable[..., AppTest]


@pytest.fixture
def open_page(published: Path) -> OpenPage:
    """`open_page("pages/don_vi.py", ma="25")`: the page as it is after that address was opened."""
    return _open


@pytest.fixture
def open_small_country(small_country: Path) -> OpenPage:
    """The same as `open_page`, of the small country."""
    return _open


def _open(script: str, **address: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS).run()
    page.switch_page(script)
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, [error.message for error in page.exception]
    return page


@pytest.fixture
def words_of() -> Callable[[AppTest], str]:
    """Everything a page says in its main part, as one text, without the backslashes of markdown.

    Spaces at which no line breaks are spaces like others."""

    def words_of(page: AppTest) -> str:
        parts = [*page.title, *page.markdown, *page.caption, *page.warning, *page.info, *page.error]
        metrics = [f"{metric.label} {metric.value}" for metric in page.metric]
        return "\n".join([*(str(part.value) for part in parts), *metrics]).translate(PLAIN)

    return words_of
