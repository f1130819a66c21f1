"""What a draft holds, as one short id: the same content has the same id, whatever order it came in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import duckdb

# Never part of the content: they speak of it, or of how it was made.
NO_CONTENT = frozenset({"snapshot", "check_result", "base"})

Digests = Mapping[str, str]


def tables_of(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The names of all tables that hold content, sorted."""
    rows = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_name").fetchall()
    return [name for (name,) in rows if name not in NO_CONTENT]


def digests(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> dict[str, str]:
    """Table → what it holds as a short text: its number of rows and two sums over the hashes of all rows."""
    return {table: _digest(connection, table) for table in tables}


def _digest(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    found = connection.execute(f'SELECT count(*), sum(hash(t)), bit_xor(hash(t)) FROM "{table}" AS t')  # noqa: S608 - names of our own tables
    return " ".join(map(str, found.fetchone() or ()))


def snapshot_id(content: Digests) -> str:
    """The id (16 hexadecimal digits) of a draft whose tables have these digests."""
    lines = "".join(f"{table} {content[table]}\n" for table in sorted(content))
    return hashlib.sha256(lines.encode()).hexdigest()[:16]
