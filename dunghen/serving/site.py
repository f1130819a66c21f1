"""What `st.App` is made of, apart from the pages themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from dunghen.serving import index_page, trouble
from dunghen.serving.assets import Assets, StaticFiles
from dunghen.serving.doors import Doors
from dunghen.serving.headers import SecurityHeaders, content_security_policy
from dunghen.serving.lifecycle import PlainStartErrors, serving
from dunghen.serving.sessions import SessionLimit, limit_from_environment


@dataclass(frozen=True)
class Site:
    """The keyword arguments of `st.App`."""

    routes: list[BaseRoute]
    middleware: list[Middleware]
    lifespan: Callable[[Any], AbstractAsyncContextManager[dict[str, Any] | None]]
    exception_handlers: dict[int | type[Exception], Any]


def site(
    static_folder: Path,
    read_option: Callable[[str], object],
    routes: Sequence[BaseRoute],
    prepare: Sequence[Callable[[], object]],
    title_of: Callable[[str, str], str | None],
) -> Site:
    """Joins the light and open-data `routes` with the pages' addresses and everything that guards them.

    `static_folder` holds Streamlit's front end, `read_option` reads one of its options (and raises
    RuntimeError for an unknown one), `prepare` lists what must be done before the first visitor,
    `title_of` gives the name of an authority's code, in a language, for the titles of shared links.
    Raises `StartError` in words if the front end is not the one this was written for."""
    assets = Assets(static_folder)
    template = index_page.Template(assets.index_html())
    all_routes = [*routes, *index_page.routes(template, title_of)]
    policy = content_security_policy(template.inline_scripts)

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[None]:
        async with serving(read_option, [*prepare, assets.pack]):
            yield

    return Site(
        routes=all_routes,
        middleware=[
            Middleware(PlainStartErrors),
            Middleware(SecurityHeaders, policy=policy),
            Middleware(SessionLimit, limit=limit_from_environment()),
            Middleware(StaticFiles, assets=assets),
            Middleware(Doors, routes=all_routes, files=assets.paths),
        ],
        lifespan=lifespan,
        exception_handlers=trouble.handlers(),
    )
