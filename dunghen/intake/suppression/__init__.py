"""Disclosure control: the breakdown of an authority's figures → what may be published of it.

Small counts are hidden, and so many others with them that nobody can work a small one out (in the field's
words: primary and complementary cell suppression, with the interval 1 to 4 published where that is safe).
"""

from dunghen.intake.suppression.publication import FEWEST_IN_ALL, Suppressed, suppress

__all__ = ["FEWEST_IN_ALL", "Suppressed", "suppress"]
