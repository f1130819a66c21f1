"""Mappings: which column of an export is which of ours, and what its dates, numbers and codes mean."""

from dunghen.intake.mappings.as_of import read_as_of
from dunghen.intake.mappings.choosing import Choice, choose
from dunghen.intake.mappings.listing import in_full, overview
from dunghen.intake.mappings.loading import all_mappings, load
from dunghen.intake.mappings.model import Mapping, fold_code

__all__ = [
    "Choice",
    "Mapping",
    "all_mappings",
    "choose",
    "fold_code",
    "in_full",
    "load",
    "overview",
    "read_as_of",
]
