"""What in the words of a list looks as if it told of a person: such words would stand on public pages."""

from __future__ import annotations

import re
import unicodedata

# Of a telephone number and of a citizen's number the digits often stand in groups.
_APART = r"[\s.()–-]{0,2}"
_PERSONAL = re.compile(
    # an address to write to; a decision, a year and the groups of a code are shorter
    r"@|\d{9}"
    # 0912 345 678, (024) 3825 1234, +84 912 345 678, 001 099 012 345; neither a day nor the inside of
    # 1.001234.000.00.00 or of 1.000.000.000
    r"|(?<!\d)(?<!\d[\s.–-])(?!\d\d[.-]\d\d[.-](?:19|20)\d\d)"
    rf"(?:(?:\+84|0){_APART}[2-9](?:{_APART}\d){{8,9}}|0(?:{_APART}\d){{11}})(?!{_APART}\d)"
    # the former number of nine digits, which need not begin with 0; sums of money have points
    r"|(?<!\d)(?<!\d[\s.–-])\d{3}\s\d{3}\s\d{3}(?!\s?\d)"
)


def tells_person(words: str) -> bool:
    """Whether a citizen's number (12 digits, formerly 9), a telephone number or an e-mail address stands
    anywhere in the words, alone or among others."""
    return _PERSONAL.search(unicodedata.normalize("NFKC", words)) is not None
