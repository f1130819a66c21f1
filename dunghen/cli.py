"""The commands: `python -m dunghen build | serve`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dunghen import publishing, warehouse

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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dunghen", description="Đúng Hẹn: build and serve the figures."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="build the published file from data/ alone")
    build.add_argument(
        "--database",
        type=Path,
        metavar="PATH",
        help="where (default: $DUNGHEN_DATABASE or data/dunghen.duckdb)",
    )
    build.set_defaults(run=_build)
    serve = commands.add_parser("serve", help="build the published file if needed, then serve the site")
    serve.add_argument(
        "--port", type=_port, default=os.environ.get("PORT", "8501"), help="default: $PORT or 8501"
    )
    serve.set_defaults(run=_serve)
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return int(text)


def _build(options: argparse.Namespace) -> int:
    snapshot = publishing.publish(options.database)
    print(f"{options.database or warehouse.database_path()} holds snapshot {snapshot}.")
    return DONE


def _serve(options: argparse.Namespace) -> int:
    database = publishing.ensure_published().resolve()
    os.environ["DUNGHEN_DATABASE"] = str(database)
    os.environ.setdefault("FORWARDED_ALLOW_IPS", OWN_PROXIES)
    # Streamlit looks for .streamlit/config.toml in the working directory first
    os.chdir(APP.parent)
    command = [sys.executable, "-m", "streamlit", "run", str(APP), f"--server.port={options.port}"]
    os.execv(command[0], command)  # noqa: S606 - no shell, nothing from outside but a checked number
