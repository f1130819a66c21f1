"""What visitors cost the server: `python -m tests.benchmarks.serving_benchmark [--visits N] [--at-once N]`.

A visit is what a browser does after it has the front end: a websocket, one run of the page's script, all its
messages until the script has finished. Light pages and the API are plain requests. Reports times, rates and
the memory of the server at the start and after each; exits 1 when a visit fails or memory has doubled.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Origin, Subprotocol

from tests.conftest import ROOT, free_port, wait_for_answer

EXPLORER = (
    ("", ""),
    ("don-vi", "ma=25"),
    ("so-sanh", "trong=25"),
    ("tieu-chi", ""),
    ("man-hinh", "trong=25"),
)
PLAIN = ("/tra-cuu?q=viet%20tri", "/tra-cuu/25", "/api/v1/compare?parent=25")
SECONDS_ALLOWED = 60.0
SCRIPT_FAILED = ForwardMsg.ScriptFinishedStatus.FINISHED_WITH_COMPILE_ERROR


async def visit(address: str, page: str, query: str) -> tuple[float, int]:
    """Seconds and bytes of one visit; raises RuntimeError when the script did not finish well."""
    begun, size = time.perf_counter(), 0
    async with connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        origin=Origin(address),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
    ) as session:
        ask = BackMsg()
        ask.rerun_script.page_name = page
        ask.rerun_script.query_string = query
        await session.send(ask.SerializeToString())
        async for data in session:
            size += len(data)
            said = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            if said.WhichOneof("type") == "script_finished":
                if said.script_finished == SCRIPT_FAILED:
                    raise RuntimeError(f"/{page}?{query} did not compile")
                return time.perf_counter() - begun, size
    raise RuntimeError(f"/{page}?{query} was cut off")


async def visits(address: str, page: str, query: str, number: int, at_once: int) -> str:
    """One line about `number` visits, `at_once` at a time."""
    gate = asyncio.Semaphore(at_once)

    async def one() -> tuple[float, int]:
        async with gate:
            return await asyncio.wait_for(visit(address, page, query), SECONDS_ALLOWED)

    begun = time.perf_counter()
    seen = await asyncio.gather(*(one() for _ in range(number)))
    return line(f"/{page}?{query}", [seconds for seconds, _ in seen], time.perf_counter() - begun, seen[0][1])


async def requests(address: str, path: str, number: int, at_once: int) -> str:
    """One line about `number` plain requests, `at_once` at a time."""
    gate = asyncio.Semaphore(at_once)
    async with httpx2.AsyncClient(base_url=address, timeout=SECONDS_ALLOWED) as client:

        async def one() -> tuple[float, int]:
            async with gate:
                begun = time.perf_counter()
                answer = (await client.get(path)).raise_for_status()
                return time.perf_counter() - begun, int(answer.headers.get("content-length", 0))

        begun = time.perf_counter()
        seen = await asyncio.gather(*(one() for _ in range(number)))
    return line(path, [seconds for seconds, _ in seen], time.perf_counter() - begun, seen[0][1])


def line(name: str, seconds: list[float], took: float, size: int) -> str:
    """How one kind of visit did."""
    ordered = sorted(seconds)
    late = ordered[int(len(ordered) * 0.95)]
    return (
        f"{name:<32} {len(seconds) / took:7.1f}/s  median {statistics.median(ordered) * 1000:6.0f} ms"
        f"  95% {late * 1000:6.0f} ms  {size / 1000:7.1f} kB"
    )


def megabytes(process: int) -> float:
    """Resident memory of a process."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def measure(address: str, process: int, number: int, at_once: int) -> list[float]:
    """Prints a line per address; returns the server's memory at the start and after each."""
    memory = [megabytes(process)]
    for page, query in EXPLORER:
        print(await visits(address, page, query, number, at_once), f"{megabytes(process):6.0f} MB")
        memory.append(megabytes(process))
    for path in PLAIN:
        print(await requests(address, path, number, at_once), f"{megabytes(process):6.0f} MB")
        memory.append(megabytes(process))
    return memory


def main() -> int:
    """Starts a server, measures it and stops it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=200)
    parser.add_argument("--at-once", type=int, default=10)
    options = parser.parse_args()
    port = free_port()
    with tempfile.NamedTemporaryFile("w", suffix=".log") as log:
        command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for_answer(f"http://localhost:{port}/_stcore/health", Path(log.name))
            memory = asyncio.run(
                measure(f"http://localhost:{port}", server.pid, options.visits, options.at_once)
            )
        finally:
            server.terminate()
            server.wait(timeout=30)
    print(f"memory {memory[0]:.0f} → {memory[-1]:.0f} MB, at most {max(memory):.0f}")
    return int(max(memory) > 2 * memory[0])


if __name__ == "__main__":
    sys.exit(main())
