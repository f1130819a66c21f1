"""Reading: files as offices have them → tables whose columns can be named, unasked ones left unread.

`open_tables` is the only door; everything else follows from the tables it gives (`beside`: what to say of a
file of a .zip that is none of those read)."""

from dunghen.intake.reading.opening import beside, open_tables
from dunghen.intake.reading.tables import HeadingRow, Rejected, SourceTable

__all__ = ["HeadingRow", "Rejected", "SourceTable", "beside", "open_tables"]
