"""How far a long step is: a bar with rows per second on a terminal, a plain line otherwise."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from tqdm import tqdm

from dunghen.words.intake import tell

SECONDS_BETWEEN_LOOKS = 0.2
# Steps of an import that are no table of a file.
_STEPS = ("settling", "writing")


class Bars:
    """What shows the steps of one import, in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    @contextmanager
    def __call__(self, step: str, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Shows a step from its beginning to its end."""
        words = tell(f"progress.{step}", self.language) if step in _STEPS else step
        if not sys.stderr.isatty():
            sys.stderr.write(f"{words}\n")
            yield
            return
        done = threading.Event()
        watcher = threading.Thread(target=_watch, args=(words, connection, done), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()


def _watch(words: str, connection: duckdb.DuckDBPyConnection, done: threading.Event) -> None:
    """Draws the bar; DuckDB tells the percentage of its statement and the rows that it has read."""
    shape = "{desc}: {percentage:3.0f}%|{bar}| {elapsed} {postfix}"
    with tqdm(total=100, desc=words, bar_format=shape, file=sys.stderr, leave=True) as bar:
        while not done.wait(SECONDS_BETWEEN_LOOKS):
            _show(bar, connection)
        bar.n = 100
        bar.refresh()


def _show(bar: tqdm[None], connection: duckdb.DuckDBPyConnection) -> None:
    percent = connection.query_progress()
    bar.n = min(99.0, max(bar.n, percent))
    bar.refresh()
