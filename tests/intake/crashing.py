"""Commands that start at once and can be stopped, starved or killed anywhere: forks of one warm process.

`Forks` is the test's side. Run as a script this file is the other side: it imports the program once and forks
for each command, so that moments counted from the start fall into the work and not into the imports.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# What makes, renames or takes away whole folders and files in their places; each is a moment at which a
# command can be stopped.
STEPS = frozenset({"os.mkdir", "os.rename", "shutil.rmtree"})
CRASHED = 70


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code (negative: the signal), what it said, its steps and seconds."""

    code: int
    told: str
    steps: int
    seconds: float


class Forks(AbstractContextManager["Forks"]):
    """Runs `python -m dunghen …` of a checkout in forks of one process, each leading a group of its own."""

    def __init__(self, checkout: Path, environment: Mapping[str, str]) -> None:
        self._server = subprocess.Popen(
            [sys.executable, str(Path(__file__))],
            cwd=checkout,
            env={**os.environ, **environment, "PYTHONPATH": str(checkout)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._started: dict[int, float] = {}

    def __exit__(self, *_: object) -> None:
        self._server.communicate(timeout=30)

    def start(
        self, *arguments: object, environment: Mapping[str, str] | None = None, **disturbed: int
    ) -> int:
        """Starts a command; the id of its process and group.

        It kills (`killed`), stops (`stopped`) or gets no more room on any disk (`starved`) right before
        the step of that number, counted from 0; no file of it grows beyond `room` bytes.
        """
        start = time.monotonic()
        asked = {"arguments": [str(one) for one in arguments], "environment": dict(environment or {})}
        pid = int(self._ask(do="start", **asked, disturbed=disturbed)["pid"])
        self._started[pid] = start
        return pid

    def until_stopped(self, pid: int) -> None:
        """Waits until a command has stopped itself."""
        self._ask(do="until_stopped", pid=pid)

    def until_told(self, pid: int, words: str) -> None:
        """Waits until a command has said these words or ended."""
        self._ask(do="until_told", pid=pid, words=words)

    def end(self, pid: int) -> Ended:
        """Waits for a command's end."""
        answer = self._ask(do="end", pid=pid)
        return Ended(seconds=time.monotonic() - self._started.pop(pid), **answer)

    def run(self, *arguments: object, **options: Any) -> Ended:
        """Starts a command and waits for its end."""
        return self.end(self.start(*arguments, **options))

    def _ask(self, **asked: object) -> dict[str, Any]:
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(json.dumps(asked) + "\n")
        self._server.stdin.flush()
        answer: dict[str, Any] = json.loads(self._server.stdout.readline())
        return answer


class _Child:
    """The server's end of a fork."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.output, output = os.pipe()
        self.steps, steps = os.pipe()
        self.told = b""
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.output)
            os.close(self.steps)
            os.setpgid(0, 0)
            _work(asked, output, steps)
        # on both sides: whoever comes first, the group is there when the test hears of it
        os.setpgid(self.pid, self.pid)
        os.close(output)
        os.close(steps)

    def until_told(self, words: str) -> None:
        while words.encode() not in self.told and (more := os.read(self.output, 65_536)):
            self.told += more

    def end(self) -> dict[str, Any]:
        while more := os.read(self.output, 65_536):
            self.told += more
        steps = 0
        while more := os.read(self.steps, 65_536):
            steps += len(more)
        for descriptor in (self.output, self.steps):
            os.close(descriptor)
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return {"code": code, "told": self.told.decode(), "steps": steps}


def _work(asked: dict[str, Any], output: int, steps: int) -> None:
    """The whole life of a fork: it never returns."""
    from dunghen import cli  # noqa: PLC0415 - of the checkout, imported by the server before it forked

    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ.update(asked["environment"])
    _watch(steps, asked["disturbed"])
    code = CRASHED
    try:
        code = cli.main(asked["arguments"])
    except SystemExit as left:
        code = int(left.code or 0)
    except BaseException:  # noqa: BLE001 - whatever it is, the test shall see it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _watch(steps: int, disturbed: dict[str, int]) -> None:
    """Counts the steps of this process into a pipe and does before one of them what was asked for."""
    count = 0
    if "room" in disturbed:
        resource.setrlimit(resource.RLIMIT_FSIZE, (disturbed["room"], resource.RLIM_INFINITY))

    def hook(event: str, _: tuple[object, ...]) -> None:
        nonlocal count
        if event not in STEPS:
            return
        if count == disturbed.get("starved"):
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        if count == disturbed.get("stopped"):
            os.kill(os.getpid(), signal.SIGSTOP)
        if count == disturbed.get("killed"):
            os.killpg(0, signal.SIGKILL)
        count += 1
        os.write(steps, b".")

    sys.addaudithook(hook)


def _serve() -> None:
    import dunghen.cli  # noqa: F401, PLC0415 - the checkout's, not that of the tests

    children: dict[int, _Child] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        answer: dict[str, Any] = {}
        if asked["do"] == "start":
            child = _Child(asked)
            children[child.pid] = child
            answer = {"pid": child.pid}
        elif asked["do"] == "until_stopped":
            os.waitpid(asked["pid"], os.WUNTRACED)
        elif asked["do"] == "until_told":
            children[asked["pid"]].until_told(asked["words"])
        else:
            answer = children.pop(asked["pid"]).end()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
