"""The commands of `python -m dunghen`, from `import` to `serve`: `--help` lists them."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from dunghen import publishing, simulation, warehouse
from dunghen.commands import inbox, intake, lists
from dunghen.intake import mappings
from dunghen.intake.errors import IntakeError, UnusableError
from dunghen.words.intake import LANGUAGES, in_both

DONE, REFUSED, UNUSABLE = 0, 1, 2
# A reverse proxy on this machine, by all the names that a socket for both IPv4 and IPv6 has for it.
OWN_PROXIES = "127.0.0.1,::1,::ffff:127.0.0.1"
APP = Path(__file__).resolve().parent.parent / "app.py"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 done, 1 refused, 2 unusable input or arguments.

    What went wrong is a sentence on the error output."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except warehouse.BuildError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except IntakeError as error:
        print(error.text(getattr(options, "lang", "vi")), file=sys.stderr)
        return UNUSABLE if isinstance(error, UnusableError) else REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dunghen", description=in_both("help.about"))
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    intake.add(commands)
    inbox.add(commands)
    lists.add(commands)
    build = commands.add_parser("build", help=in_both("help.build"))
    build.add_argument(
        "--database",
        type=Path,
        metavar="PATH",
        help=in_both("help.database"),
    )
    build.set_defaults(run=_build)
    serve = commands.add_parser("serve", help=in_both("help.serve"))
    serve.add_argument(
        "--port", type=_port, default=os.environ.get("PORT", "8501"), help=in_both("help.port")
    )
    serve.set_defaults(run=_serve)
    _add_simulate(commands)
    _add_mappings(commands)
    return parser


def _add_mappings(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    known = commands.add_parser("mappings", help=in_both("help.mappings"))
    known.add_argument("name", nargs="?", metavar="NAME", help=in_both("help.mapping_name"))
    _add_language(known)
    known.set_defaults(run=_mappings)


def _add_language(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=LANGUAGES, default="vi", help=in_both("help.lang"))


def _add_simulate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    simulate = commands.add_parser("simulate", help=in_both("help.simulate"))
    simulate.add_argument("--dossiers", type=_many, required=True, metavar="N", help=in_both("help.dossiers"))
    simulate.add_argument("--seed", type=_seed, default=1, metavar="S", help=in_both("help.seed"))
    simulate.add_argument("--to", type=Path, required=True, metavar="DIR", help=in_both("help.folder"))
    simulate.add_argument(
        "--as-of", type=_day, default=simulation.LAST_DAY, metavar="D", help=f"default: {simulation.LAST_DAY}"
    )
    simulate.add_argument("--since", type=_day, metavar="D", help=in_both("help.since"))
    simulate.add_argument("--format", choices=simulation.FORMATS, default="csv", help="default: csv")
    simulate.set_defaults(run=_simulate)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return int(text)


def _many(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= simulation.MOST_DOSSIERS:
        raise argparse.ArgumentTypeError(f"a number from 1 to {simulation.MOST_DOSSIERS}, not {text!r}")
    return int(text)


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"a seed is a whole number from 0 on, not {text!r}")
    return int(text)


def _day(text: str) -> date:
    first, last = simulation.FIRST_DAY, simulation.LAST_DAY
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day is written YYYY-MM-DD, not {text!r}") from None
    if not first <= day <= last:
        raise argparse.ArgumentTypeError(f"the imaginary province has days from {first} to {last}")
    return day


def _build(options: argparse.Namespace) -> int:
    snapshot = publishing.publish(options.database)
    print(f"{options.database or warehouse.database_path()} holds snapshot {snapshot}.")
    return DONE


def _simulate(options: argparse.Namespace) -> int:
    export = simulation.Export(options.dossiers, options.seed, options.as_of, options.since)
    for path, rows in simulation.simulate(export, options.to, options.format).items():
        print(f"{path} holds {rows} rows.")
    return DONE


def _serve(options: argparse.Namespace) -> int:
    database = publishing.ensure_published().resolve()
    os.environ["DUNGHEN_DATABASE"] = str(database)
    os.environ.setdefault("FORWARDED_ALLOW_IPS", OWN_PROXIES)
    # Streamlit looks for .streamlit/config.toml in the working directory first
    os.chdir(APP.parent)
    command = [sys.executable, "-m", "streamlit", "run", str(APP), f"--server.port={options.port}"]
    os.execv(command[0], command)  # noqa: S606 - no shell, nothing from outside but a checked number


def _mappings(options: argparse.Namespace) -> int:
    width = shutil.get_terminal_size((100, 24)).columns
    if options.name is None:
        print(mappings.overview(mappings.all_mappings(), options.lang, width))
    else:
        print(mappings.in_full(mappings.load(options.name), options.lang, width))
    return DONE
