"""Imaginary dossiers: exports of Tỉnh Minh Họa as real systems write them, dirt included.

The same generator fills data/sample/ and feeds the benchmarks: one seed, one world, whatever day it is
looked at, so that a later export shows the same dossiers further on.
"""

from dunghen.simulation.days import FIRST_DAY, LAST_DAY
from dunghen.simulation.exports import FORMATS, MOST_DOSSIERS, Export, simulate

__all__ = ["FIRST_DAY", "FORMATS", "LAST_DAY", "MOST_DOSSIERS", "Export", "simulate"]
