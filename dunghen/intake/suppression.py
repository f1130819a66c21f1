"""Suppression of small numbers in what is published below the headline of an authority."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array, diags_array, vstack

from dunghen.intake.hiding import LARGEST, Sums, hide

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from dunghen.intake.hiding import Flags, Numbers

HERE = Path(__file__).parent
# In the order in which they are given up for another, inner ones first; suppression_result.sql has the same.
COUNTS = (
    "early",
    "on_due_date",
    "late",
    "received_offline",
    "received_online",
    "overdue",
    "in_progress",
    "on_time",
    "received",
    "resolved",
    "open_total",
    "carried_over",
)
STOCKS = ("overdue", "in_progress", "open_total")
CARRIED = ("carried_over",)
# withdrawn, returned, resolved without a promise: of the whole office public, of an item never told
NEVER_TOLD = "closed_otherwise"
FLOWS = (*(count for count in COUNTS if count not in STOCKS + CARRIED), NEVER_TOLD)
# whole → parts, inside one row
PARTS = {
    "received": ("received_online", "received_offline"),
    "on_time": ("early", "on_due_date"),
    "resolved": ("on_time", "late"),
    "open_total": ("in_progress", "overdue"),
}
IDENTITY = {"carried_over": 1, "received": 1, "resolved": -1, "open_total": -1, NEVER_TOLD: -1}
OF_KIND = {"flow": FLOWS, "stock": STOCKS, "carried": CARRIED}


@dataclass(frozen=True)
class Suppressed:
    """How many counts there are, how many of them are not 0, are shown and not 0, and are not shown."""

    cells: int
    not_zero: int
    published: int
    under_5: int
    hidden: int


def suppress(
    connection: duckdb.DuckDBPyConnection, source: str, target: str, *, tree: str, nesting: str
) -> Suppressed:
    """Makes the table `target`: the breakdown `source` as it may be published."""
    for name, relation in (("source", source), ("tree", tree), ("nesting", nesting)):
        connection.execute(f"CREATE OR REPLACE TEMP VIEW suppression_{name} AS FROM {relation}")
    connection.execute((HERE / "suppression_sums.sql").read_text(encoding="utf-8"))
    rows = _columns(connection, "FROM suppression_row ORDER BY place")
    links = _columns(connection, "FROM suppression_link ORDER BY block, kind, sum, place")
    under_5, hidden = _masks(rows, links)
    flags = {"place": rows["place"], "under_5": under_5, "hidden": hidden}
    connection.register("suppression_flag", flags)
    connection.execute((HERE / "suppression_result.sql").read_text(encoding="utf-8"))
    connection.execute(f"CREATE OR REPLACE TABLE {target} AS FROM suppression_result")
    connection.unregister("suppression_flag")
    return _summary(rows, under_5, hidden)


def _columns(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, Numbers]:
    """The columns of a relation by name; what is NULL there is -1."""
    found = connection.execute(query).fetchnumpy()
    return {name: _filled(column) for name, column in found.items()}


def _filled(column: Any) -> Numbers:
    plain: Numbers = (
        column.filled(-1)
        if isinstance(column, np.ma.MaskedArray) and column.mask.any()
        else np.asarray(column)
    )
    return plain


def _masks(rows: dict[str, Numbers], links: dict[str, Numbers]) -> tuple[Numbers, Numbers]:
    """Bit masks by row of the counts to be told as under 5 and of those just hidden, block after block."""
    under_5, hidden = (np.zeros(rows["place"].size, np.int64) for _ in range(2))
    blocks = np.arange(rows["block"].max(initial=-1) + 2)
    row_edges = np.searchsorted(rows["block"], blocks)
    link_edges = np.searchsorted(links["block"], blocks)
    for block in blocks[:-1]:
        of_block = slice(row_edges[block], row_edges[block + 1])
        block_rows = {name: column[of_block] for name, column in rows.items()}
        block_links = {n: column[link_edges[block] : link_edges[block + 1]] for n, column in links.items()}
        under_5[of_block], hidden[of_block] = _block_masks(block_rows, block_links)
    return under_5, hidden


def _block_masks(rows: dict[str, Numbers], links: dict[str, Numbers]) -> tuple[Numbers, Numbers]:
    one_count = rows["dimension"][0] == "days_late"
    counts = ("dossiers",) if one_count else (*COUNTS, NEVER_TOLD)
    values = np.concatenate([rows[count].astype(np.int64) for count in counts])
    public = np.concatenate([_public(rows, count) for count in counts])
    secret = np.repeat([count == NEVER_TOLD for count in counts], rows["place"].size)
    state = hide(values, _sums(rows, links, counts, values), public, secret)
    told = 1 if one_count else len(COUNTS)
    bits = 1 << (np.arange(told, dtype=np.int64) + (len(COUNTS) if one_count else 0))
    # a small count that everybody can tell, as the only one beside zeros, is not printed all the same
    small = (values >= 1) & (values <= LARGEST) & ~state.hidden
    labelled = (state.labelled | small).reshape(len(counts), -1)[:told]
    hidden = state.hidden.reshape(len(counts), -1)[:told] & ~labelled
    return bits @ labelled, bits @ hidden


def _public(rows: dict[str, Numbers], count: str) -> Flags:
    """Cells that the public count of the whole office tells: what came in by each channel."""
    by_channel: Flags = rows["dimension"] == "channel"
    return by_channel & count.startswith("received")


def _sums(
    rows: dict[str, Numbers], links: dict[str, Numbers], counts: tuple[str, ...], values: Numbers
) -> Sums:
    """All equations between the cells of one block; cell = index of the count × rows + row."""
    height = rows["place"].size
    nth = {count: index * height for index, count in enumerate(counts)}
    parts = [
        matrix[matrix @ values == 0] if kind != "items" else matrix
        for kind in ("items", "flow", "stock", "carried", "area", "nesting")
        for matrix in _linked(
            rows, links, kind, [nth[count] for count in _counts_of(kind, counts)], values.size
        )
    ]
    if NEVER_TOLD in counts:
        parts += _sums_in_rows(rows, nth, values)
        parts.append(_chain(rows, links, nth, values.size))
    signs = csr_array(vstack(parts, format="csr"))
    signs = signs @ diags_array(
        ((values > 0) | (np.arange(values.size) >= nth.get(NEVER_TOLD, values.size))).astype(float)
    )
    signs = csr_array(signs)
    signs.eliminate_zeros()
    return Sums(csr_array(signs[np.flatnonzero(np.diff(signs.indptr))]))


def _counts_of(kind: str, counts: tuple[str, ...]) -> tuple[str, ...]:
    """The counts that add up in links of this kind; the one count of days late does as a flow does."""
    if kind in OF_KIND and counts == ("dossiers",):
        return counts if kind == "flow" else ()
    return OF_KIND.get(kind, counts)


def _linked(
    rows: dict[str, Numbers], links: dict[str, Numbers], kind: str, offsets: list[int], cells: int
) -> Iterator[csr_array]:
    """The sums of one kind of link, one matrix for each count."""
    of_kind = links["kind"] == kind
    place = links["place"][of_kind] - rows["place"][0]
    starts = np.append(np.flatnonzero(np.diff(links["sum"][of_kind], prepend=-1)), place.size)
    for offset in offsets:
        yield csr_array(
            (links["sign"][of_kind].astype(float), place + offset, starts), (starts.size - 1, cells)
        )


def _sums_in_rows(rows: dict[str, Numbers], nth: dict[str, int], values: Numbers) -> Iterator[csr_array]:
    everywhere = np.arange(rows["place"].size)
    for whole, pieces in PARTS.items():
        matrix = _in_row({whole: -1} | dict.fromkeys(pieces, 1), nth, everywhere, values.size)
        if (matrix @ values).any():
            raise ValueError(f"The breakdown has rows in which {whole} is not {' + '.join(pieces)}.")
        yield matrix
    yield _in_row(IDENTITY, nth, everywhere, values.size)


def _chain(rows: dict[str, Numbers], links: dict[str, Numbers], nth: dict[str, int], cells: int) -> csr_array:
    """What is carried over less what was open at the end of the period before: the undated ones."""
    of_kind = links["kind"] == "chain"
    later, earlier = (links[name][of_kind] - rows["place"][0] for name in ("sum", "place"))
    pairs = np.stack([nth["carried_over"] + later, nth["open_total"] + earlier], axis=1)
    starts = 2 * np.arange(later.size + 1)
    return csr_array((np.tile([1.0, -1.0], later.size), pairs.ravel(), starts), (later.size, cells))


def _in_row(signs: dict[str, int], nth: dict[str, int], rows: Numbers, cells: int) -> csr_array:
    columns = np.stack([nth[count] + rows for count in signs], axis=1)
    data = np.tile(np.array(list(signs.values()), float), rows.size)
    return csr_array((data, columns.ravel(), len(signs) * np.arange(rows.size + 1)), (rows.size, cells))


def _summary(rows: dict[str, Numbers], under_5: Numbers, hidden: Numbers) -> Suppressed:
    names = (*COUNTS, "dossiers")
    values = np.stack([rows[name] for name in names])
    bits = 1 << np.arange(len(names))[:, None]
    masked = ((under_5 | hidden)[None, :] & bits) > 0
    return Suppressed(
        cells=int((values >= 0).sum()),
        not_zero=int((values > 0).sum()),
        published=int(((values > 0) & ~masked).sum()),
        under_5=int(((under_5[None, :] & bits) > 0).sum()),
        hidden=int(((hidden[None, :] & bits) > 0).sum()),
    )
