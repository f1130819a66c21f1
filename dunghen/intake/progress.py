"""How far a long step is: a bar on a terminal, a plain line otherwise; at its end the rows per second.

A stage without rows of its own (adding up, checking and publishing) has the seconds that it takes."""

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
_SHAPE = "{desc}: {percentage:3.0f}%|{bar}| {elapsed}{postfix}"
# nobody knows how far such a stage is, but that it goes on
_SHAPE_OF_STAGE = "{desc}… {elapsed}"
# Draws what there is to know at a moment.
Drawing = Callable[["tqdm[None]"], None]


class Bars:
    """What shows the steps of one import, in one language, on the error output."""

    def __init__(self, language: str) -> None:
        self.language = language

    @contextmanager
    def __call__(
        self,
        step: str,
        connection: duckdb.DuckDBPyConnection,
        rows: Callable[[], int],
        about: Callable[[], int | None],
    ) -> Iterator[None]:
        """Shows a step from its beginning to its end; `rows` is asked at the end how many there were, `about`
        at its beginning how many there will be, more or less (None: nobody knows)."""
        words = tell(f"progress.{step}", self.language) if step in _STEPS else step
        begin = time.monotonic()
        if sys.stderr.isatty():
            with _drawn(words, _SHAPE, self._so_far(connection, about())):
                yield
        else:
            yield
        done, seconds = rows(), time.monotonic() - begin
        speed = round(done / max(seconds, 0.001))
        self._say("done", step=words, rows=done, speed=speed)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Shows a stage from its beginning to its end, with the time since."""
        words = tell(f"progress.{name}", self.language)
        begin = time.monotonic()
        if sys.stderr.isatty():
            with _drawn(words, _SHAPE_OF_STAGE, lambda _: None):
                yield
        else:
            yield
        self._say("took", step=words, seconds=round(time.monotonic() - begin))

    def _so_far(self, connection: duckdb.DuckDBPyConnection, about: int | None) -> Drawing:
        """Draws how far DuckDB says that its statement has come, and from that the rows per second."""
        connection.execute("SET enable_progress_bar = TRUE")
        connection.execute("SET enable_progress_bar_print = FALSE")
        begin = time.monotonic()

        def draw(bar: tqdm[None]) -> None:
            bar.n = max(bar.n, min(99.0, connection.query_progress()))
            if about and bar.n > 0:
                speed = round(about * bar.n / 100 / max(time.monotonic() - begin, 0.001))
                bar.set_postfix_str(tell("progress.speed", self.language, speed=speed), refresh=False)

        return draw

    def _say(self, key: str, **values: object) -> None:
        sys.stderr.write(f"{tell(f'progress.{key}', self.language, **values)}\n")


@contextmanager
def _drawn(words: str, shape: str, draw: Drawing) -> Iterator[None]:
    """A bar that is drawn again and again until the step is done; then it goes."""
    done = threading.Event()

    def watch() -> None:
        with tqdm(total=100, desc=words, bar_format=shape, file=sys.stderr, leave=False) as bar:
            while not done.wait(SECONDS_BETWEEN_LOOKS):
                draw(bar)
                bar.refresh()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
