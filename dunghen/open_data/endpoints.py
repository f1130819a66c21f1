"""The one table of addresses under /api/v1/: the routes, the root's listing and OpenAPI are made from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dunghen import questions
from dunghen.open_data import authorities, catalogue, comparison, form, parameters, results, scores, shapes
from dunghen.open_data.answers import LANGUAGE_SUFFIXES, Table
from dunghen.open_data.parameters import Asked, Parameter
from dunghen.open_data.shapes import Schema, many
from dunghen.questions import Row
from dunghen.scope import DEFINITIONS
from dunghen.warehouse import Snapshot
from dunghen.words import say

ROOT = "/api/v1/"
OPENAPI = "/api/v1/openapi.json"
AUTHORITY_CODE = "authority_code"
VERSION = "1.0.0"


@dataclass(frozen=True)
class Endpoint:
    """One address: what it takes, what answers it and the shape of a row.

    `key` names its words in `open_data.endpoint` and its operation in OpenAPI. `extra` are the shapes of the
    keys that its answer has beside the usual ones. `exploded` is a list within the rows of which the CSV has
    one line each; `left_out` are keys that the CSV does without."""

    key: str
    path: str
    parameters: tuple[Parameter, ...]
    answer: Callable[[Asked], Table]
    row: Schema
    extra: Mapping[str, Schema] = field(default_factory=dict)
    has_csv: bool = True
    exploded: str | None = None
    left_out: tuple[str, ...] = ()

    @property
    def is_of_one_authority(self) -> bool:
        """Whether the path holds the code of an authority."""
        return f"{{{AUTHORITY_CODE}}}" in self.path

    def summary(self, language: str) -> str:
        """What the address answers, in a sentence."""
        return say(f"open_data.endpoint.{self.key}", language)


@dataclass(frozen=True)
class Download:
    """One address that gives a file: what it takes, what makes the file and of which kind it is.

    `key` names its words in `open_data.endpoint` and its operation in OpenAPI."""

    key: str
    path: str
    parameters: tuple[Parameter, ...]
    file: Callable[[Asked, Snapshot], form.File]
    media_type: str
    has_csv: bool = False

    @property
    def is_of_one_authority(self) -> bool:
        """Whether the path holds the code of an authority."""
        return f"{{{AUTHORITY_CODE}}}" in self.path

    def summary(self, language: str) -> str:
        """What the file holds, in a sentence."""
        return say(f"open_data.endpoint.{self.key}", language)


def root(_asked: Asked) -> Table:
    """What there is: one row per address, all definitions, and how much the snapshot holds."""
    holds = questions.ask("snapshot_by_id").one or {}
    counts = {name: count for name, count in holds.items() if name not in ("snapshot", "as_of")}
    return Table(
        [
            *(_listing(endpoint) for endpoint in ENDPOINTS if endpoint.path != ROOT),
            *(_listing(download) for download in DOWNLOADS),
        ],
        definitions=DEFINITIONS,
        extra={"openapi": OPENAPI, "holds": counts},
    )


def _listing(endpoint: Endpoint | Download) -> Row:
    summaries = {f"summary{suffix}": endpoint.summary(lang) for lang, suffix in LANGUAGE_SUFFIXES.items()}
    return {
        "path": endpoint.path,
        "csv_path": f"{endpoint.path}.csv" if endpoint.has_csv else None,
        "parameters": [parameter.name for parameter in endpoint.parameters],
        **summaries,
    }


_LISTING = shapes.record(("path", "csv_path", "summary", "summary_vi"), parameters=shapes.NAMES)
_HOLDS = shapes.record(
    ("authorities", "authorities_with_figures", "reports", "scores", "indicators", "sources")
)
_ONE = "/api/v1/authorities/{authority_code}"
_PERIOD = (parameters.FIRST_DAY, parameters.LAST_DAY)

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "root",
        ROOT,
        (),
        root,
        _LISTING,
        {"openapi": {"type": "string"}, "holds": _HOLDS},
        has_csv=False,
    ),
    Endpoint(
        "authorities",
        "/api/v1/authorities",
        (
            parameters.Q,
            parameters.LEVEL,
            parameters.PARENT,
            parameters.ERA,
            parameters.LIMIT,
            parameters.OFFSET,
        ),
        authorities.listed,
        shapes.AUTHORITY,
        {"total": {"type": "integer"}, "next": {"type": ["string", "null"]}},
    ),
    Endpoint("authority", _ONE, (), authorities.identity, shapes.IDENTITY, has_csv=False),
    Endpoint(
        "results",
        f"{_ONE}/results",
        (*_PERIOD, parameters.BY, parameters.RECORD_KIND, parameters.COVERAGE),
        results.results,
        shapes.RESULT,
        {"statements": many(shapes.STATEMENT)},
    ),
    Endpoint(
        "scores",
        f"{_ONE}/scores",
        (parameters.INDEX, parameters.EDITION),
        scores.scores,
        shapes.SCORE,
    ),
    Endpoint("indicators", f"{_ONE}/indicators", (), scores.indicators, shapes.INDICATOR),
    Endpoint(
        "compare",
        "/api/v1/compare",
        (
            parameters.COMPARED,
            parameters.LEVEL,
            parameters.DEFINITION,
            *_PERIOD,
            parameters.RECORD_KIND,
            parameters.SOURCE_KIND,
            parameters.COVERAGE,
        ),
        comparison.compare,
        shapes.COMPARED,
        {"group": shapes.GROUP, "choices": many(shapes.CHOICE)},
    ),
    Endpoint(
        "indices",
        "/api/v1/indices",
        (parameters.INDEX, parameters.EDITION),
        catalogue.indices,
        shapes.EDITION,
        exploded="criteria",
        left_out=("grades",),
    ),
    Endpoint("sources", "/api/v1/sources", (parameters.SOURCE,), catalogue.sources, shapes.SOURCE),
    Endpoint(
        "checks",
        "/api/v1/checks",
        (parameters.KIND, parameters.AUTHORITY),
        catalogue.checks,
        shapes.FINDING,
    ),
)

DOWNLOADS: tuple[Download, ...] = (
    Download(
        "form_ii06a",
        f"{_ONE}/form-ii06a.xlsx",
        (
            dataclasses.replace(parameters.FIRST_DAY, required=True),
            dataclasses.replace(parameters.LAST_DAY, required=True),
            parameters.COVERAGE,
            parameters.RECORD_KIND,
            parameters.SOURCE,
            parameters.LANGUAGE,
        ),
        form.form_ii06a,
        form.WORKBOOK,
    ),
)
