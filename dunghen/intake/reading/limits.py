"""How much of a file is believed: past these it is an attack or a mistake, and is refused in words."""

MEBIBYTE = 1 << 20
# one row of a CSV; an export's rows have some hundred bytes, the longest list of supplements some thousand
LONGEST_ROW = 2 * MEBIBYTE
# a row of several lines, whose cells hold line ends: Excel's longest cell, several times
LONGEST_QUOTED_ROW = MEBIBYTE // 4
# a file whose lines are longer is no table; those between the two limits are rejected one by one
LONGEST_LINE = 16 * MEBIBYTE
# one record of a JSON file
LONGEST_RECORD = 16 * MEBIBYTE
# read at once while surveying or rewriting a file: small enough to stay in a processor's cache
BLOCK = MEBIBYTE
# in such pieces programs hand a file to the disk, so that one that is cut off is often some of them long
FILE_BLOCK = 4096
# what is looked at to find the separator and the heading
HEAD = MEBIBYTE
# up to this size every byte's encoding is judged beforehand; of a larger file, this much spread over it
JUDGED = 64 * MEBIBYTE
# rows that a reader could not tell apart and lists by line; past it the file itself is the trouble
MOST_REJECTED = 100_000
# what .gz and .zip may unpack to: all files of one import together (100,000,000 dossiers are some 40 GB), …
MOST_UNPACKED = 64 * 1024 * MEBIBYTE
# … and per packed byte, once it is more than a little: exports pack to a tenth, a bomb to a thousandth
MOST_PER_PACKED_BYTE = 200
LITTLE = 16 * MEBIBYTE
MOST_MEMBERS = 1000
# a workbook is held in memory: its sheets' XML, and the rectangle of cells that its used ones span
MOST_SHEET_BYTES = 400 * MEBIBYTE
MOST_CELLS = 20_000_000
LARGEST_XLS = 256 * MEBIBYTE
# a smaller one that takes all memory does so because it is damaged
LITTLE_WORKBOOK = MEBIBYTE
# what Excel lets a cell hold; the rest of a longer one, which no date or code has, is not read: one text of
# megabytes may stand in all cells of a workbook at little cost to its file
LONGEST_CELL = 32_767
