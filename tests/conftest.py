"""What several rooms' tests share: the published file of the checkout's own data/, and a server on it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from hypothesis import settings

from dunghen import publishing
from dunghen.intake.store import Store
from tests.questions.two_of_everything import rows
from tests.warehouse_fixture import published_from

ROOT = Path(__file__).resolve().parents[1]
NO_CHROMIUM = "no Chromium found"
# Waits 0, 0.5, 1, 2, … seconds between tries to connect: about half a minute in all.
TRIES_TO_CONNECT = 7
SECONDS_TO_START = 90

# What a developer set or imported is nothing to a test: beside these no setting is taken over, and the store
# and the published file of whoever names none lie below a file, where nothing can be read or written.
SETTINGS_OF_TESTS = ("DUNGHEN_BROWSER", "DUNGHEN_CHROMIUM")
SETTINGS_OF_OTHERS = ("FORWARDED_ALLOW_IPS", "PORT")
NOWHERE = Path(__file__) / "nowhere"
PUBLISHED = pytest.StashKey[str]()
for setting in list(os.environ):
    if setting in SETTINGS_OF_OTHERS or (setting.startswith("DUNGHEN_") and setting not in SETTINGS_OF_TESTS):
        del os.environ[setting]
os.environ["DUNGHEN_STORE"] = str(NOWHERE / "store")
os.environ["DUNGHEN_DATABASE"] = str(NOWHERE / "dunghen.duckdb")
# Figures of later days are refused; the tests' own days must be over on any machine's calendar.
os.environ["DUNGHEN_TODAY"] = "2026-11-22"

# A busy machine is no mistake of the program: times belong to tests/benchmarks/.
settings.register_profile("no_deadline", deadline=None)
settings.load_profile("no_deadline")


@pytest.fixture(autouse=True)
def settings_of_nobody(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever does not ask for `published` finds none, though it stays for those who come later."""
    left = request.config.stash.get(PUBLISHED, None)
    if "published" not in request.fixturenames and os.environ["DUNGHEN_DATABASE"] == left:
        monkeypatch.setenv("DUNGHEN_DATABASE", str(NOWHERE / "dunghen.duckdb"))


@pytest.fixture(scope="session")
def kept(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what takes long to build lies from one run to the next; what is stale is built again."""
    if pytestconfig.pluginmanager.has_plugin("cacheprovider"):
        return pytestconfig.cache.mkdir("published")
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="session")
def published_file(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published file built from data/, without anything imported. Copy it, do not change it."""
    built = publishing.ensure_published(kept / "dunghen.duckdb", store=Store(kept / "store"))
    return Path(shutil.copy(built, tmp_path_factory.mktemp("published") / "dunghen.duckdb"))


@pytest.fixture(scope="session")
def published(published_file: Path, pytestconfig: pytest.Config) -> Iterator[Path]:
    """`published_file`, with DUNGHEN_DATABASE pointing at it, so that `questions.ask` asks it."""
    pytestconfig.stash[PUBLISHED] = str(published_file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUNGHEN_DATABASE", str(published_file))
        yield published_file


@pytest.fixture(scope="session")
def sample_taken_in(kept: Path, published_file: Path) -> Path:
    """data/sample as the intake took it in: as `sample` in a store of a test's own it saves seconds."""
    return kept / "store" / "sample"


@pytest.fixture
def own_store(sample_taken_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the test's own, where DUNGHEN_STORE says, with the sample taken in and nothing else."""
    store = Path(shutil.copytree(sample_taken_in, tmp_path / "store" / "sample")).parent
    monkeypatch.setenv("DUNGHEN_STORE", str(store))
    return store


@pytest.fixture(scope="session")
def small_country_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published file of `tests.questions.two_of_everything`: M, M1 and M2 in it are imaginary."""
    return published_from(tmp_path_factory.mktemp("small") / "country.duckdb", rows())


@pytest.fixture
def small_country(small_country_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small country, for `questions.ask`."""
    monkeypatch.setenv("DUNGHEN_DATABASE", str(small_country_file))
    return small_country_file


@pytest.fixture(scope="session")
def live_site(published_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server (`streamlit run app.py`) on the published file.

    Mark tests that use it `xdist_group("live")`, so that one server does for a whole run.
    """
    log = tmp_path_factory.mktemp("live") / "server.log"
    with running_site(published_file, free_port(), log) as address:
        yield address


@contextlib.contextmanager
def running_site(database: Path, port: int, log: Path) -> Iterator[str]:
    """A server of its own on a published file: its address, once it answers; stopped at the end."""
    address = f"http://localhost:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with log.open("a") as output:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ
            | {"DUNGHEN_DATABASE": str(database), "DUNGHEN_STORE": str(database.with_name("store"))},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for_answer(f"{address}/_stcore/health", log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for_answer(url: str, log: Path) -> None:
    """Returns when `url` answers; fails with the server's own words when it does not."""
    try:
        with httpx2.Client(transport=httpx2.HTTPTransport(retries=TRIES_TO_CONNECT)) as client:
            client.get(url, timeout=SECONDS_TO_START).raise_for_status()
    except httpx2.HTTPError as error:
        pytest.fail(f"The server did not start ({error}):\n{log.read_text()}", pytrace=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says loudly when the browser tests did not run."""
    reports = terminalreporter.stats.get("skipped", [])
    skipped = [report for report in reports if NO_CHROMIUM in str(report.longrepr)]
    if skipped:
        terminalreporter.section("THE BROWSER TESTS DID NOT RUN", sep="!", red=True)
        terminalreporter.line(
            f"{len(skipped)} tests skipped: {NO_CHROMIUM}. Install one (on Debian: apt install chromium "
            "fonts-noto-core) or point DUNGHEN_CHROMIUM at it."
        )
