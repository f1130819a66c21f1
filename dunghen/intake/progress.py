"""How far a long step is: a bar on a terminal, a plain line otherwise; at its end the rows per second."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb
from tqdm import tqdm

from dunghen.words.intake import tell

SECONDS_BETWEEN_LOOKS = 0.2
# Steps of an import that are no table of a file.
_STEPS = ("settling", "writing")


class Bars:
    """What shows the steps of one import, in one language, on the error output."""

    def __init__(self, language: str) -> None:
        self.language = language

    @contextmanager
    def __call__(
        self, step: str, connection: duckdb.DuckDBPyConnection, rows: Callable[[], int]
    ) -> Iterator[None]:
        """Shows a step from its beginning to its end; `rows` is asked at the end how many there were."""
        words = tell(f"progress.{step}", self.language) if step in _STEPS else step
        begin = time.monotonic()
        with _bar(words, connection) if sys.stderr.isatty() else _nothing():
            yield
        done, seconds = rows(), time.monotonic() - begin
        speed = round(done / max(seconds, 0.001))
        told = tell("progress.done", self.language, step=words, rows=done, speed=speed)
        sys.stderr.write(f"{told}\n")


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _bar(words: str, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.execute("SET enable_progress_bar = TRUE")
    connection.execute("SET enable_progress_bar_print = FALSE")
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(words, connection, done), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _watch(words: str, connection: duckdb.DuckDBPyConnection, done: threading.Event) -> None:
    """Draws the bar as far as DuckDB says that its statement has come; it goes when the step is done."""
    shape = "{desc}: {percentage:3.0f}%|{bar}| {elapsed}"
    with tqdm(total=100, desc=words, bar_format=shape, file=sys.stderr, leave=False) as bar:
        while not done.wait(SECONDS_BETWEEN_LOOKS):
            bar.n = max(bar.n, min(99.0, connection.query_progress()))
            bar.refresh()
