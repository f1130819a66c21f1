"""Roll-ups: the dossiers of a store → sums by office, month and item → what is published of them."""

from dunghen.intake.rollup.deriving import derive

__all__ = ["derive"]
