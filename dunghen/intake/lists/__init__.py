"""Lists of procedures, fields and portal codes that an office brings beside those of the data folder."""

from dunghen.intake.lists.bringing import Brought, bring, drop
from dunghen.intake.lists.kinds import KINDS, Kind
from dunghen.intake.lists.owned import COLUMNS as _COLUMNS
from dunghen.intake.lists.owned import InForce, OwnList, OwnLists, Source

# The tables that lists add to, in the order in which they are told.
TABLES = tuple(_COLUMNS)

__all__ = ["KINDS", "TABLES", "Brought", "InForce", "Kind", "OwnList", "OwnLists", "Source", "bring", "drop"]
