"""Faults as a damaged disk, a careless export, a wrong program or an attacker make them; from a seed."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.intake.specimens import Grid, Specimen, as_zip

Random = random.Random
# bytes that the faults themselves may take, so that what is measured is the import
LARGEST = 20_000_000

# cells that break readers, numbers, dates, codes, spreadsheets, SQL, terminals
NASTY: tuple[str, ...] = (
    *("", " ", "\u00a0", "\u200b", "\ufeff", "\0", "a\0b", "\t", "\r", "\n", "a\nb", "a\r\nb", "\x1b[31m"),
    *(
        '"',
        '""',
        'a"b',
        '"a',
        "'",
        "''",
        "\\",
        "\\N",
        ",",
        ";",
        "|",
        "a,b;c\td|e",
        "=1+1",
        "@SUM(A1)",
        "-",
        "+",
    ),
    *(
        "NULL",
        "None",
        "nan",
        "NaN",
        "inf",
        "-inf",
        "TRUE",
        "{}",
        "[]",
        "[[]]",
        "[1]",
        '{"a":1}',
        "[{}]",
        "[null]",
    ),
    *("0", "-1", "00", "1e400", "-1e-400", "9" * 30, "9" * 400, "1.234.567", "1,2,3", "1.2.3,4", "٣", "１２"),
    *("38,71%", "150%", "%", "-5%", "1 234", "0x10", "1_000", "½"),
    *(
        "00010101000000",
        "99991231235959",
        "20261331000000",
        "20260230",
        "2026-10-01",
        "2026-10-01T08:30:00+07:00",
    ),
    *("01/10/2026", "31/02/2026 08:30", "10/2026", "24:00", "29/02/2025 00:00", "-99991231", "294247-01-10"),
    *("20261001080000 ", "20261001 080000", "202610010800", "1" * 14, "46000", "46000.5"),
    *(
        "001099000001",
        "0900000001",
        "mau@example.vn",
        "NGUYEN VAN MAU",
        "\ud800",
        "\U0001f600",
        "e\u0301" * 50,
    ),
    *(
        "MH.01",
        "mh.01",
        "MH.99",
        "MH-01",
        "H44.100",
        "TỔNG CỘNG",
        "Tổng số",
        "(1)",
        "1",
        "2",
        "STT",
        "1=1; --",
    ),
    *("$1", "{0}", "{file}", "%s", "%Y", "../../etc/passwd", "x" * 101, "Đ" * 5000, "a b " * 300),
    *(
        '[{"NgayBoSung":"20261003080000"',
        '[{"NgayBoSung":{"a":[]}}]',
        '[{"NgayHenTraMoi":1e999}]',
        "[" * 2000,
    ),
    *('[{"NgayBoSung":"20261003080000","NgayHenTraMoi":"00010101"}]', '{"NgayBoSung":null}', '["x"]', "null"),
)
_TYPED: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    1e308,
    10**30,
    10**400,
    [],
    {},
    [[]],
    {"a": {"b": []}},
    [None],
)


def spoilt(specimen: Specimen, random_: Random) -> bytes:
    """The file of a specimen with one to three faults in its content, its bytes, or both."""
    content: Any = deepcopy(specimen.content)
    is_grid = isinstance(content, list) and isinstance(content[0], list)
    if random_.random() < 0.65:
        for _ in range(random_.choice((1, 1, 2, 3))):
            content = random_.choice(_GRID if is_grid else _TREE)(content, random_)
    try:
        made = specimen.write(content)
    except Exception:  # noqa: BLE001 - whatever the program that writes such files says of this content
        made = specimen.bytes()
    if random_.random() < 0.55 or content == specimen.content:
        made = _spoil_bytes(made, random_)
    return made


def _cell(grid: Grid, random_: Random) -> Grid:
    for _ in range(random_.choice((1, 1, 5, 40))):
        row = random_.choice(grid)
        if row:
            row[random_.randrange(len(row))] = random_.choice(NASTY)
    return grid


def _column(grid: Grid, random_: Random) -> Grid:
    """One value in a whole column."""
    place, value = random_.randrange(max(map(len, grid))), random_.choice(NASTY)
    for row in grid[_heading(grid) + 1 :]:
        if place < len(row):
            row[place] = value
    return grid


def _rename(grid: Grid, random_: Random) -> Grid:
    heading = grid[_heading(grid)]
    place = random_.randrange(len(heading))
    old = str(heading[place])
    heading[place] = random_.choice(
        (
            old.upper(),
            old.lower(),
            f" {old} ",
            f"{old} (3)",
            old[:-1],
            old + old,
            "",
            random_.choice(NASTY),
            "Ghi chú",
        )
    )
    return grid


def _double(grid: Grid, random_: Random) -> Grid:
    """A heading under which another column stands too."""
    heading = grid[_heading(grid)]
    heading[random_.randrange(len(heading))] = random_.choice(heading)
    return grid


def _drop_column(grid: Grid, random_: Random) -> Grid:
    place = random_.randrange(max(map(len, grid)))
    return [row[:place] + row[place + 1 :] for row in grid]


def _add_columns(grid: Grid, random_: Random) -> Grid:
    many = random_.choice((1, 3, 3000)) if len(grid) < 100 else 1
    front = random_.random() < 0.5
    more: list[list[str]] = [[random_.choice(("", "x", f"c{number}"))] * many for number in range(len(grid))]
    return [new + row if front else row + new for row, new in zip(grid, more, strict=True)]


def _shuffle_columns(grid: Grid, random_: Random) -> Grid:
    order = list(range(max(map(len, grid))))
    random_.shuffle(order)
    return [[row[place] if place < len(row) else "" for place in order] for row in grid]


def _rows(grid: Grid, random_: Random) -> Grid:
    """Rows lost, doubled, put elsewhere, cut short, lengthened, blank."""
    for _ in range(random_.choice((1, 3))):
        place = random_.randrange(len(grid))
        what = random_.randrange(7)
        if what == 0 and len(grid) > 1:
            del grid[place]
        elif what == 1:
            grid.insert(place, list(random_.choice(grid)))
        elif what == 2:
            random_.shuffle(grid)
        elif what == 3:
            grid[place] = grid[place][: random_.randrange(len(grid[place]) + 1)]
        elif what == 4:
            grid[place] = grid[place] + [random_.choice(NASTY)] * random_.choice((1, 5, 500))
        elif what == 5:
            grid[place:place] = [[] for _ in range(random_.choice((1, 50)))]
        else:
            grid[place:place] = [["tiêu đề"], ["(1)", "(2)", "(3)", "(4)"]]
    return grid


def _huge(grid: Grid, random_: Random) -> Grid:
    """A cell that is much too long."""
    row = random_.choice([row for row in grid if row] or [[""]])
    size = random_.choice((33_000, 300_000, 3_000_000, 20_000_000))
    unit = random_.choice(("x", "1", '"', "a\n", "Đ "))
    row[random_.randrange(len(row))] = unit * (size if unit.isascii() else size // 10)
    return grid


def _many(grid: Grid, random_: Random) -> Grid:
    """Many rows."""
    place, times = _heading(grid) + 1, random_.choice((2, 100))
    if times * _size(grid) > LARGEST:
        return grid
    return grid[:place] + [list(row) for row in grid[place:] for _ in range(times)]


def _size(content: Any) -> int:
    """About how many bytes of memory cells or records take."""
    return sum(100 + len(value) if isinstance(value, str) else 100 for _, value in _leaves(content))


def _leaves(content: Any) -> list[tuple[Any, Any]]:
    return [(key, container[key]) for container, key in _places(content)]


def _heading(grid: Grid) -> int:
    return max(range(len(grid)), key=lambda number: sum(bool(cell) for cell in grid[number]))


_GRID: tuple[Callable[[Grid, Random], Grid], ...] = (
    *(_cell, _cell, _cell, _column, _rename, _double, _drop_column, _add_columns, _shuffle_columns),
    *(_rows, _rows, _huge, _many),
)


def _places(tree: Any) -> list[tuple[Any, Any]]:
    """Every container of a JSON tree with each of its keys."""
    found: list[tuple[Any, Any]] = []
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        pairs = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
        for key, value in pairs:
            found.append((one, key))
            waiting.append(value)
    return found


def _value(tree: Any, random_: Random) -> Any:
    for _ in range(random_.choice((1, 1, 5, 40))):
        if places := _places(tree):
            container, key = random_.choice(places)
            container[key] = (
                random_.choice(NASTY) if random_.random() < 0.6 else deepcopy(random_.choice(_TYPED))
            )
    return tree


def _key(tree: Any, random_: Random) -> Any:
    named = [(one, key) for one, key in _places(tree) if isinstance(one, dict)]
    if named:
        one, key = random_.choice(named)
        value = one.pop(key)
        if random_.random() < 0.7:
            one[random_.choice((key.upper(), f" {key}", f"{key}.", random_.choice(NASTY), "ChuHoSo"))] = value
    return tree


def _deep(tree: Any, random_: Random) -> Any:
    deep: Any = "x"
    for _ in range(random_.choice((5, 100, 400))):
        deep = [deep] if random_.random() < 0.5 else {"a": deep}
    if places := _places(tree):
        container, key = random_.choice(places)
        container[key] = deep
    return tree


def _wrap(tree: Any, random_: Random) -> Any:
    return random_.choice(
        ([tree], {"data": tree}, {"a": {"b": {"c": {"d": {"e": tree}}}}}, {"x": 1, "rows": tree}, tree)
    )


def _long(tree: Any, random_: Random) -> Any:
    if places := _places(tree):
        container, key = random_.choice(places)
        container[key] = "x" * random_.choice((100_000, 17_000_000))
    return tree


def _many_records(tree: Any, random_: Random) -> Any:
    times = random_.choice((1, 100))
    if isinstance(tree, list) and times * _size(tree) <= LARGEST:
        # each copy its own: what makes one of them long must not make a hundred so
        tree += [deepcopy(record) for record in tree for _ in range(times)]
        tree += random_.choice(([], [None], [1], [[]], [{}], [{f"k{number}": 1 for number in range(3000)}]))
    return tree


_TREE: tuple[Callable[[Any, Random], Any], ...] = (
    *(_value, _value, _value, _key, _key, _deep, _wrap, _long, _many_records),
)


def _spoil_bytes(made: bytes, random_: Random) -> bytes:
    """Faults of the bytes: of the file itself, or, packed again, of what is in it."""
    if made.startswith(b"PK") and random_.random() < 0.7:
        return _spoil_zip(made, random_)
    if made.startswith(b"\x1f\x8b") and random_.random() < 0.6:
        return gzip.compress(_spoil_plain(gzip.decompress(made), random_), mtime=0)
    return _spoil_plain(made, random_)


def _spoil_plain(made: bytes, random_: Random) -> bytes:
    for _ in range(random_.choice((1, 1, 2, 8))):
        made = random_.choice(_BYTES)(made, random_)
    return made


def _flip(made: bytes, random_: Random) -> bytes:
    spoilt_bytes = bytearray(made)
    for _ in range(random_.choice((1, 3, 30))):
        if spoilt_bytes:
            spoilt_bytes[random_.randrange(len(made))] = random_.randrange(256)
    return bytes(spoilt_bytes)


def _cut(made: bytes, random_: Random) -> bytes:
    return made[: random_.randrange(len(made) + 1)]


def _cut_out(made: bytes, random_: Random) -> bytes:
    start = random_.randrange(len(made) + 1)
    return made[:start] + made[start + random_.choice((1, 2, 16, 500)) :]


def _repeat(made: bytes, random_: Random) -> bytes:
    start = random_.randrange(len(made) + 1)
    part = made[start : start + random_.choice((1, 8, 200, 5000))]
    return made[:start] + part * random_.choice((2, 2, 50)) + made[start:]


def _insert(made: bytes, random_: Random) -> bytes:
    start = random_.randrange(len(made) + 1)
    part = random_.choice(
        (
            *(
                b"\0",
                b"\0" * 100,
                b'"',
                b"'",
                b"\r",
                b"\n",
                b"\r\n",
                b"\n\n\n",
                b"\xff",
                b"\xff\xfe",
                b"\xef\xbb\xbf",
            ),
            *(
                b",",
                b";",
                b"{",
                b"}",
                b"[",
                b"]",
                b"\\",
                b"\xed\xa0\x80",
                b"\xc0\x80",
                b"\x1a",
                b"]]>",
                b"<!--",
                b"&x;",
            ),
            *(
                b"\xb8\xf3\xa8",
                random_.randbytes(64),
                "đã ".encode("utf-16-le"),
                b"\x80" * 10,
                b"[" * 200_000,
                b'{"a":' * 50_000,
                b"0" * 5000,
            ),
        )
    )
    return made[:start] + part + made[start:]


def _replace(made: bytes, random_: Random) -> bytes:
    """All of one byte by another, as a wrong transfer does."""
    pairs = (
        (b"\n", b"\r\n"),
        (b"\n", b"\r"),
        (b",", b";"),
        (b'"', b"'"),
        (b'"', b""),
        (b"\n", b""),
        (b"0", b"O"),
        (b"\r", b""),
    )
    return made.replace(*random_.choice(pairs))


def _encode(made: bytes, random_: Random) -> bytes:
    """Read in one encoding, written in another; or half of it."""
    first, second = (
        random_.choice(("utf-8", "latin-1", "cp1258")),
        random_.choice(("utf-8", "utf-16", "latin-1")),
    )
    middle = random_.choice((0, len(made) // 2))
    return made[:middle] + made[middle:].decode(first, "replace").encode(second, "replace")


def _swap(made: bytes, random_: Random) -> bytes:
    middle = random_.randrange(len(made) + 1)
    return made[middle:] + made[:middle]


def _around(made: bytes, random_: Random) -> bytes:
    return random_.choice(
        (made + made, random_.randbytes(1000) + made, made + b"\0" * 1000, gzip.compress(made), b"")
    )


_BYTES: tuple[Callable[[bytes, Random], bytes], ...] = (
    *(_flip, _flip, _flip, _cut, _cut_out, _repeat, _insert, _insert, _replace, _encode, _swap, _around),
)


def _spoil_zip(made: bytes, random_: Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError):
        return _spoil_plain(made, random_)
    return random_.choice(_ZIP)(members, random_)


def _member_spoilt(members: dict[str, bytes], random_: Random) -> bytes:
    name = random_.choice(sorted(members))
    return as_zip(members | {name: _spoil_plain(members[name], random_)})


def _member_lost(members: dict[str, bytes], random_: Random) -> bytes:
    lost = random_.choice(sorted(members))
    return as_zip({name: content for name, content in members.items() if name != lost})


def _member_named(members: dict[str, bytes], random_: Random) -> bytes:
    old = random_.choice(sorted(members))
    new = random_.choice(
        (
            *(
                "../../../etc/passwd",
                "/etc/passwd",
                "C:\\a.csv",
                "a\nb.csv",
                "a" * 300,
                "x/",
                "\x1b[2J.csv",
                "\u202e.csv",
            ),
            *(
                "001099000001.csv",
                "",
                ".",
                "..",
                "__MACOSX/a.csv",
                "NGUYEN VAN MAU.csv",
                "[Content_Types].xml",
            ),
        )
    )
    return as_zip({new if name == old else name: content for name, content in members.items()})


def _member_added(members: dict[str, bytes], random_: Random) -> bytes:
    more = random_.choice(
        (
            {"b.csv": b""},
            {"b.csv": random_.randbytes(500)},
            {"b.zip": as_zip(members)},
            {"b.pdf": b"%PDF-1.4"},
            {f"{number}.csv": b"a,b\n1,2\n" for number in range(1100)},
            {"bomb.csv": b"0" * 40_000_000},
            {"mimetype": b"x", "content.xml": b"<a/>"},
        )
    )
    return as_zip(members | more)


def _headers_spoilt(members: dict[str, bytes], random_: Random) -> bytes:
    """Sizes, sums, methods, places and flags in the zip's own records that are not true."""
    made = bytearray(as_zip(members))
    for _ in range(random_.choice((1, 1, 4))):
        sign = random_.choice((b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"))
        places = [at for at in range(len(made) - 3) if made[at : at + 4] == sign]
        if places:
            at = random_.choice(places) + 4 + random_.randrange(0, 42)
            value = random_.choice(
                (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", random_.randbytes(2), b"\x01")
            )
            made[at : at + len(value)] = value
    return bytes(made)


def _packed_again(members: dict[str, bytes], random_: Random) -> bytes:
    made = as_zip(members)
    return random_.choice(
        (
            as_zip({"in.zip": made}),
            gzip.compress(made),
            as_zip({"a/b/c.xlsx": made}),
            made + made,
            b"PK" + made,
        )
    )


_ZIP: tuple[Callable[[dict[str, bytes], Random], bytes], ...] = (
    *(_member_spoilt, _member_spoilt, _member_spoilt, _member_lost, _member_named, _member_added),
    *(_headers_spoilt, _headers_spoilt, _packed_again),
)
