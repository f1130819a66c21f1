"""Report forms and index tables: a staged table becomes rows of `report` or `score`."""

from __future__ import annotations

from dunghen.intake.forms.rows import Extracted, Notice, read_reports, read_scores
from dunghen.intake.forms.rule import ROW_NAME, TEXT_COLUMNS, FormOptions

__all__ = ["ROW_NAME", "TEXT_COLUMNS", "Extracted", "FormOptions", "Notice", "read_reports", "read_scores"]
