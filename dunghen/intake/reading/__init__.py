"""Reading: files as offices have them → tables whose columns can be named, unasked ones left unread.

`open_tables` is the only door; everything else follows from the tables it gives."""

from dunghen.intake.reading.opening import open_tables
from dunghen.intake.reading.tables import HeadingRow, Rejected, SourceTable

__all__ = ["HeadingRow", "Rejected", "SourceTable", "open_tables"]
