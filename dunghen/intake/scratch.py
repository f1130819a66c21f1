"""The data base that an import works in: a file beside the store that goes when the import ends."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What DuckDB may hold in memory; more goes to encrypted files that vanish.
MEMORY = "2GB"


@contextmanager
def scratch_database(folder: Path, memory: str = MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a scratch data base in a folder; what does not fit into memory is encrypted there.

    DuckDB itself holds a cipher, but no source of random numbers fit for keys that are to last: without the
    extension that has one, which would have to be downloaded, it encrypts only if told that this is enough.
    The key of these files lives as long as the connection and is written nowhere."""
    connection = duckdb.connect(
        str(folder / "scratch.duckdb"),
        config={
            "memory_limit": memory,
            "temp_directory": str(folder / "spill"),
            "temp_file_encryption": True,
            "force_mbedtls_unsafe": True,
        },
    )
    try:
        yield connection
    finally:
        connection.close()
