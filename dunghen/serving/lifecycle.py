"""Starting and running: what must be true first, what is prepared, and who collects the garbage."""

from __future__ import annotations

import asyncio
import gc
import pkgutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from importlib import import_module

from starlette.types import ASGIApp, Message, Receive, Scope, Send

import dunghen
from dunghen.serving.errors import StartError
from dunghen.warehouse import BuildError, DatabaseMissingError

COLLECTION_OPTION = "runner.postScriptGC"
SECONDS_BETWEEN_COLLECTIONS = 30.0
# Young objects before a collection: a page makes tens of thousands that die with it.
THRESHOLDS = (25_000, 20, 50)
# Streamlit imports them when the first figure is drawn.
DRAWING_LIBRARIES = ("pandas", "plotly.graph_objects")


@asynccontextmanager
async def serving(
    read_option: Callable[[str], object], prepare: Sequence[Callable[[], object]]
) -> AsyncIterator[None]:
    """Checks, runs the steps of `prepare` before the first visitor, and collects garbage on a clock.

    Raises `StartError`, or what a step raises, if the server cannot start."""
    check_options(read_option)
    for step in (*prepare, import_everything, settle_memory):
        await asyncio.to_thread(step)
    collector = asyncio.create_task(collect_regularly(SECONDS_BETWEEN_COLLECTIONS))
    try:
        yield
    finally:
        collector.cancel()
        with suppress(asyncio.CancelledError):
            await collector


def check_options(read_option: Callable[[str], object]) -> None:
    """Raises `StartError` if the hidden option on which our speed rests is gone, or on."""
    try:
        collects = read_option(COLLECTION_OPTION)
    except RuntimeError as error:
        raise StartError(
            f"This version of Streamlit has no option {COLLECTION_OPTION}. Without it every script run "
            "ends in a full garbage collection. Install the version that requirements.txt names."
        ) from error
    if collects:
        raise StartError(
            f"{COLLECTION_OPTION} is on; .streamlit/config.toml turns it off. Start in its folder."
        )


def import_everything() -> None:
    """Imports every module of the program and what draws, so that the first visitor does not wait for it."""
    for module in pkgutil.walk_packages(dunghen.__path__, f"{dunghen.__name__}."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for name in DRAWING_LIBRARIES:
        import_module(name)


def settle_memory() -> None:
    """Takes everything loaded so far out of later collections and makes those rarer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


async def collect_regularly(seconds: float) -> None:
    """A full collection every so many seconds, for ever: instead of Streamlit's after every script run."""
    while True:
        await asyncio.sleep(seconds)
        await asyncio.to_thread(gc.collect)


class PlainStartErrors:
    """Reports what keeps the server from starting as a sentence; Starlette would hand on a traceback."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def send_later(message: Message) -> None:
            if message["type"] == "lifespan.startup.failed":
                held.append(message)
            else:
                await send(message)

        try:
            await self.app(scope, receive, send_later)
        except (StartError, BuildError, DatabaseMissingError) as error:
            await send({"type": "lifespan.startup.failed", "message": str(error)})
        except BaseException:
            for message in held:
                await send(message)
            raise
