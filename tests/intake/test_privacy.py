"""Personal data is planted in every column and sheet of every format; afterwards it is nowhere."""

from __future__ import annotations

import gzip
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dunghen import cli, open_data
from dunghen.addresses import EMBEDDED, LIGHT_SEARCH
from dunghen.intake.store import Store
from dunghen.light.routes import routes as light_routes
from tests.intake import planting
from tests.intake.specimens import ROOT, as_csv

DAY = ["--as-of", "2026-10-31"]
MOMENTS = 6
ADDRESSES = (
    *("/api/v1/", "/api/v1/authorities", "/api/v1/authorities.csv", "/api/v1/sources", "/api/v1/checks.csv"),
    *("/api/v1/authorities/96", "/api/v1/authorities/96/results", "/api/v1/authorities/96/results.csv"),
    *("/api/v1/authorities/MH/results", "/api/v1/indices", "/api/v1/openapi.json"),
    "/api/v1/authorities/96/form-ii06a.xlsx?from=2026-10-01&to=2026-10-31",
    "/api/v1/authorities/MH/form-ii06a.xlsx?from=2026-07-01&to=2026-09-30",
    *(f"{EMBEDDED}96.json", f"{EMBEDDED}96", f"{EMBEDDED}96.svg", f"{LIGHT_SEARCH}/96", f"{LIGHT_SEARCH}/MH"),
)


@dataclass(frozen=True)
class Office:
    """A place to import into: what is given lies in `brought`, what the program writes in `made`."""

    brought: Path
    made: Path
    run: Callable[..., tuple[int, str]]


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Office]:
    brought, made = tmp_path / "brought", tmp_path / "made"
    for folder in (brought, made, made / "temporary"):
        folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made / "temporary"))
    for name, value in places(made).items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str | Path) -> tuple[int, str]:
        capsys.readouterr()
        code = cli.main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    yield Office(brought, made, run)
    assert planting.finds([made]) == []


def places(made: Path) -> dict[str, str]:
    return {
        "DUNGHEN_STORE": str(made / "store"),
        "DUNGHEN_DATABASE": str(made / "dunghen.duckdb"),
        "DUNGHEN_KEY": "0123456789abcdef" * 4,
        "TMPDIR": str(made / "temporary"),
    }


@pytest.mark.slow
def test_nothing_personal_comes_through_a_publication(office: Office, sample_taken_in: Path) -> None:
    """Of dossiers in every format and a form: trial, refusal, acceptance, list, answers, repeat, undo."""
    shutil.copytree(sample_taken_in, office.made / "store" / "sample")
    files = planting.files(office.brought)
    command = ["import", *files, *DAY]
    told = [office.run(*command, "--dry-run"), office.run(*command, "--lang", "en")]
    assert [code for code, _ in told] == [cli.REFUSED, cli.REFUSED]
    assert planting.finds([office.made]) == []

    accepted = [*command, "--accept-rejects", "--rejects", office.made / "rejects.csv"]
    told += [office.run(*accepted), office.run(*accepted), office.run("imports")]
    assert [code for code, _ in told[2:]] == [cli.DONE] * 3, told[2]
    (one,) = Store().imports()
    assert one.rows_loaded >= 40 * len(files)
    assert one.rows_quarantined > 40 * len(files)
    assert (office.made / "rejects.csv").stat().st_size > 10_000
    answers = answered()
    content, options = planting.forms()["ii06a.xlsx"]
    (office.brought / "bieu.xlsx").write_bytes(content)
    told.append(office.run("import", office.brought / "bieu.xlsx", *options, "--accept-rejects"))
    assert told[-1][0] == cli.DONE, told[-1]
    answers += answered()
    assert planting.finds([office.made]) == []
    told.append(office.run("undo", "1"))

    assert told[-1][0] == cli.DONE
    assert [planting.in_text(text) for _, text in told] == [[]] * len(told)
    assert [planting.in_bytes(answer) for answer in answers] == [[]] * len(answers)


def answered() -> list[bytes]:
    """What the API, the boxes and the light pages say of the office and of the imaginary province."""
    client = TestClient(Starlette(routes=[*open_data.routes, *light_routes]))
    answers = [client.get(address) for address in ADDRESSES]
    assert {address: answer.status_code for address, answer in zip(ADDRESSES, answers, strict=True)} == (
        dict.fromkeys(ADDRESSES, 200)
    )
    return [answer.content for answer in answers]


@pytest.mark.slow
@pytest.mark.parametrize("name", [*planting.forms()])
def test_nothing_personal_comes_from_a_form(name: str, office: Office) -> None:
    content, options = planting.forms()[name]
    path = office.brought / f"{planting.FILE_NAME}.{name}"
    path.write_bytes(content)
    told = [office.run("import", path, *options, *more) for more in (["--dry-run"], ["--lang", "en"])]

    assert [code for code, _ in told] == [cli.REFUSED, cli.REFUSED]
    assert [planting.in_text(text) for _, text in told] == [[], []]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (lambda content: content[: len(content) // 2] + b"\0", "a.csv"),
        (lambda content: content.replace(b"MaHoSo", b"GIEOTHU"), "b.csv"),
        (lambda content: content.replace(b"MaHoSo", "TRẦN THỊ GIEOTHU".encode()), "c.csv"),
        (lambda content: content.replace(b"ChuHoSo", b"MaHoSo"), "d.csv"),
        (lambda content: content + b'"GIEOTHU 001086420135\n' * 20_000, "e.csv"),
        (lambda content: b"[" + content, "f.json"),
        (lambda _: b'[{"MaHoSo": "GIEOTHU", "b": 001086420135}]', "g.json"),
        (lambda _: b'{"MaHoSo": "GIEOTHU"}\n{"MaHoSo": GIEOTHU}\n', "h.jsonl"),
        (lambda _: b'{"GIEOTHU": [{"GIEOTHU": 1}]}', "i.json"),
        (lambda content: content.decode().encode("utf-16")[:-1], "j.csv"),
        (lambda _: b"name = 'GIEOTHU 001086420135", "k.toml"),
    ],
)
def test_an_error_echoes_nothing(spoil: Callable[[bytes], bytes], name: str, office: Office) -> None:
    path = office.brought / name
    path.write_bytes(spoil(as_csv(planting.dossiers("error"))))
    good = office.brought / "good.csv"
    good.write_bytes(as_csv(planting.dossiers("good")))
    files = [good, "--mapping", path] if path.suffix == ".toml" else [path]

    for more in (["--dry-run"], ["--lang", "en"]):
        code, text = office.run("import", *files, *DAY, *more)
        assert code in {cli.REFUSED, cli.UNUSABLE} or more == ["--dry-run"], text
        assert planting.in_text(text) == []


@pytest.mark.slow
def test_a_killed_import_leaves_nothing_personal(office: Office) -> None:
    file = planting.many_dossiers(office.brought / "a.csv", 60_000)
    (office.brought / "a.csv.gz").write_bytes(gzip.compress(file.read_bytes(), 1))
    moments = random.Random(4)  # noqa: S311 - repeatable on purpose
    command = [sys.executable, "-m", "dunghen", "import", "--accept-rejects", *DAY]
    killed = 0
    for number in range(MOMENTS):
        path = office.brought / ("a.csv", "a.csv.gz")[number % 2]
        log = office.made / f"{number}.log"
        with log.open("wb") as output:
            started = subprocess.Popen([*command, path], cwd=ROOT, stdout=output, stderr=output)
        killed += _killed_after(started, office.made / "store", moments.uniform(0, 2.5))
        assert planting.finds([office.made]) == []
    assert killed > MOMENTS // 2


def _killed_after(started: subprocess.Popen[bytes], store: Path, seconds: float) -> bool:
    """Kills an import some time after it began to write; whether it was still at work."""
    scratch = f".scratch-{started.pid}"
    for _ in range(3000):
        if (store / scratch).exists() or started.poll() is not None:
            break
        time.sleep(0.02)
    time.sleep(seconds)
    was_at_work = started.poll() is None
    started.kill()
    started.wait()
    return was_at_work


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    for number, path in enumerate(planting.files(tmp_path)):
        assert planting.finds([path]), number
    parquet, database = tmp_path / "a.parquet", tmp_path / "a.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.table_function("range", [5]).project("'TRẦN THỊ GieoThu'").write_parquet(str(parquet))
        connection.execute("CREATE TABLE t AS SELECT ['a', '001086420135'] AS b FROM range(5000)")
    assert planting.finds([parquet]) == [f"{parquet}: gieothu"]
    assert planting.finds([database]) == [f"{database}: 086420135"]
    assert planting.in_bytes("x\nGieoThu".encode("utf-16")) == ["gieothu"]
