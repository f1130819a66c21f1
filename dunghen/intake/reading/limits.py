"""How much of a file is believed: past these it is an attack or a mistake, and is refused in words."""

MEBIBYTE = 1 << 20
# one row of a CSV; an export's rows have some hundred bytes, the longest list of supplements some thousand
LONGEST_ROW = 2 * MEBIBYTE
# a file whose lines are longer is no table; those between the two limits are rejected one by one
LONGEST_LINE = 16 * MEBIBYTE
# read at once while surveying or rewriting a file: small enough to stay in a processor's cache
BLOCK = MEBIBYTE
# what is looked at to find the separator and the heading
HEAD = MEBIBYTE
# up to this size every byte's encoding is judged beforehand; of a larger file, this much spread over it
JUDGED = 64 * MEBIBYTE
# rows that a reader could not tell apart and lists by line; past it the file itself is the trouble
MOST_REJECTED = 100_000
