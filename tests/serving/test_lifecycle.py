"""Starting: what must be true first, in words when it is not; and the garbage collected on a clock."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import Message

from dunghen.serving import lifecycle
from dunghen.serving.errors import StartError
from dunghen.serving.lifecycle import PlainStartErrors, check_options, serving
from dunghen.warehouse import BuildError


@pytest.fixture
def usual_collector() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def run(steps: Coroutine[Any, Any, None]) -> None:
    """Runs to the end in a thread of its own: in this one the browser tests may have a loop running."""
    with ThreadPoolExecutor(max_workers=1) as apart:
        apart.submit(asyncio.run, steps).result()


def off(_name: str) -> object:
    return False


def test_this_streamlit_still_has_the_hidden_option() -> None:
    check_options(streamlit.get_option)


def test_a_streamlit_without_the_option_is_refused_by_name() -> None:
    def read(name: str) -> object:
        raise RuntimeError(f'Config key "{name}" not defined.')

    with pytest.raises(StartError, match=r"no option runner\.postScriptGC.*requirements\.txt"):
        check_options(read)


def test_an_option_that_is_on_is_refused() -> None:
    with pytest.raises(StartError, match=r"runner\.postScriptGC is on.*config\.toml"):
        check_options(lambda _name: True)


@pytest.mark.usefixtures("usual_collector")
def test_steps_run_in_their_order_before_serving() -> None:
    done: list[str] = []

    async def serve() -> None:
        async with serving(off, [lambda: done.append("published"), lambda: done.append("packed")]):
            done.append("serving")

    run(serve())

    assert done == ["published", "packed", "serving"]
    assert gc.get_threshold() == lifecycle.THRESHOLDS
    assert gc.get_freeze_count() > 0


class Knot:
    """Something that only the collector can free."""

    def __init__(self) -> None:
        self.me = self


@pytest.mark.usefixtures("usual_collector")
def test_garbage_is_collected_while_serving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "SECONDS_BETWEEN_COLLECTIONS", 0.0)

    async def serve() -> None:
        async with serving(off, []):
            freed = asyncio.Event()
            loop = asyncio.get_running_loop()
            knot = Knot()
            weakref.finalize(knot, lambda: loop.call_soon_threadsafe(freed.set))
            gc.disable()
            del knot
            await asyncio.wait_for(freed.wait(), timeout=20)

    try:
        run(serve())
    finally:
        gc.enable()


def start(failure: BaseException) -> list[Message]:
    """What a server is told when a step of the start fails."""

    def fail() -> None:
        raise failure

    def lifespan(_app: Starlette) -> Any:
        return serving(off, [fail])

    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "lifespan.startup"}

    async def send(message: Message) -> None:
        said.append(message)

    application = Starlette(lifespan=lifespan, middleware=[Middleware(PlainStartErrors)])
    run(application({"type": "lifespan", "state": {}}, receive, send))
    return said


@pytest.mark.parametrize("kind", [StartError, BuildError])
def test_a_failed_start_is_one_sentence(kind: Callable[[str], Exception]) -> None:
    assert start(kind("data/targets.csv is missing: put it back.")) == [
        {"type": "lifespan.startup.failed", "message": "data/targets.csv is missing: put it back."}
    ]


def test_an_unexpected_failure_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError):
        start(ZeroDivisionError("nobody thought of this"))
