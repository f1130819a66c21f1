"""The commands of `python -m dunghen`, from `import` to `serve`: `--help` lists them."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from dunghen import publishing, simulation, warehouse
from dunghen.commands import inbox, intake, lists, values
from dunghen.commands.parsing import Commands, Parser, language_of
from dunghen.intake import mappings
from dunghen.intake.errors import IntakeError, UnusableError
from dunghen.words.intake import LANGUAGES, tell

DONE, REFUSED, UNUSABLE = 0, 1, 2
# A reverse proxy on this machine, by all the names that a socket for both IPv4 and IPv6 has for it.
OWN_PROXIES = "127.0.0.1,::1,::ffff:127.0.0.1"
APP = Path(__file__).resolve().parent.parent / "app.py"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 done, 1 refused, 2 unusable input or arguments.

    What went wrong is a sentence on the error output, in the language asked for."""
    words = sys.argv[1:] if arguments is None else arguments
    options = _parser(language_of(words)).parse_args(words)
    try:
        return int(options.run(options))
    except warehouse.BuildError as error:
        print(error.text(options.lang), file=sys.stderr)
        return REFUSED
    except IntakeError as error:
        print(error.text(options.lang), file=sys.stderr)
        return UNUSABLE if isinstance(error, UnusableError) else REFUSED


def _parser(language: str) -> Parser:
    parser = Parser(language=language, prog="python -m dunghen", description=tell("help.about", language))
    parser.add_language(LANGUAGES[0])
    commands = parser.commands("arguments.commands", "arguments.name.command", required=True)
    intake.add(commands)
    inbox.add(commands)
    lists.add(commands)
    _add_build(commands)
    _add_serve(commands)
    _add_simulate(commands)
    _add_mappings(commands)
    return parser


def _add_build(commands: Commands) -> None:
    parser = commands.add("build", "help.build")
    intake.add_database(parser)
    parser.set_defaults(run=_build)


def _add_serve(commands: Commands) -> None:
    parser = commands.add("serve", "help.serve")
    port = os.environ.get("PORT", "8501")
    parser.take("--port", "number", "port", type=parser.reader(values.port), default=port)
    parser.set_defaults(run=_serve)


def _add_simulate(commands: Commands) -> None:
    parser = commands.add("simulate", "help.simulate")
    day, last = parser.reader(values.day_of_sample), simulation.LAST_DAY
    parser.take("--dossiers", "number", "dossiers", type=parser.reader(values.dossiers), required=True)
    parser.take("--seed", "number", "seed", type=parser.reader(values.seed), default=1)
    parser.take("--to", "folder", "folder", type=Path, required=True)
    parser.take("--as-of", "day", "sample_day", {"day": last}, type=day, default=last)
    parser.take("--since", "day", "since", type=day)
    parser.take_choice("--format", simulation.FORMATS, "format", default="csv")
    parser.set_defaults(run=_simulate)


def _add_mappings(commands: Commands) -> None:
    parser = commands.add("mappings", "help.mappings")
    parser.take("name", "mapping", "mapping_name", nargs="?")
    parser.set_defaults(run=_mappings)


def _build(options: argparse.Namespace) -> int:
    snapshot = publishing.publish(options.database)
    path = options.database or warehouse.database_path()
    print(tell("build.done", options.lang, path=path, snapshot=snapshot))
    return DONE


def _simulate(options: argparse.Namespace) -> int:
    export = simulation.Export(options.dossiers, options.seed, options.as_of, options.since)
    for path, rows in simulation.simulate(export, options.to, options.format).items():
        print(tell("simulate.wrote", options.lang, path=path, rows=rows))
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
