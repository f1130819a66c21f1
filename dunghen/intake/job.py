"""What an import is asked to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from dunghen.intake.forms import FormOptions
from dunghen.intake.lists import InForce
from dunghen.intake.store import ROOT, Store

# A step's name, the connection at work, what tells at the end how many rows there were, and what at the
# beginning how many there may be.
Progress = Callable[
    [str, duckdb.DuckDBPyConnection, Callable[[], int], Callable[[], int | None]],
    AbstractContextManager[None],
]


@dataclass(frozen=True)
class Job:
    """The files of one import and how to take them. `key` hashes the numbers of dossiers.

    `authority_code`, `first_day`, `last_day` and `coverage` say of report forms and index tables what these
    do not say themselves. `complete_for` is the authority for all of which an export of dossiers speaks,
    with everything beneath it: who has no rows there had none. `publish` makes public what the store then
    holds and returns the snapshot's id. `progress` is entered around each long step;
    `waiting` is called when another import must end first."""

    files: Sequence[Path]
    store: Store
    key: bytes
    data: Path = ROOT / "data"
    mapping: str | None = None
    as_of: date | None = None
    source_id: str | None = None
    authority_code: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    coverage: str | None = None
    complete_for: str | None = None
    # the province or district in which names of authorities are looked for
    within: str | None = None
    accept_rejects: bool = False
    # only shown, never kept: a form may still lack its source
    is_trial: bool = False
    # no figures are taken of later days; None: of any
    today: date | None = None
    # take in what was undone before
    again: bool = False
    rejects: Path | None = None
    # by which the first file is called where its name may tell of a person
    first_number: int = 1
    publish: Callable[[Store], str] | None = None
    progress: Progress | None = None
    waiting: Callable[[], None] | None = None

    @property
    def lists(self) -> InForce:
        """The lists that the files are held against."""
        return InForce(self.data, self.store.folder)

    def form_options(self, as_of: date | None) -> FormOptions:
        """What is said of a form beside the file itself."""
        return FormOptions(
            source_id=self.source_id,
            authority_code=self.authority_code,
            first_day=self.first_day,
            last_day=self.last_day,
            coverage=self.coverage,
            as_of=as_of,
            within=self.within,
            is_trial=self.is_trial,
        )

    @contextmanager
    def step(
        self,
        name: str,
        connection: duckdb.DuckDBPyConnection,
        rows: Callable[[], int],
        about: Callable[[], int | None] | None = None,
    ) -> Iterator[None]:
        """Shows one long step, if anybody looks; without `about` it has as many rows before it as after."""
        if self.progress is None:
            yield
        else:
            with self.progress(name, connection, rows, about or rows):
                yield
