"""What an import is told beside its files, held against the kind of record that its mapping reads."""

from __future__ import annotations

from dunghen.intake.errors import UnusableError, Words
from dunghen.intake.job import Job
from dunghen.intake.mappings import Mapping

# Option → the attribute of the job that holds it, and the kinds of record it has a meaning for.
_MEANT_FOR: dict[str, tuple[str, set[str]]] = {
    "authority": ("authority_code", {"reports", "scores"}),
    "from": ("first_day", {"reports", "scores"}),
    "to": ("last_day", {"reports", "scores"}),
    "coverage": ("coverage", {"reports"}),
    "complete_for": ("complete_for", {"dossiers"}),
}


def check_options(job: Job, mapping: Mapping) -> None:
    """Makes sure that everything said beside the files will be heeded.

    Raises `UnusableError`, which names each option that says nothing of such files, and what it is for."""
    lost = [
        name
        for name, (attribute, records) in _MEANT_FOR.items()
        if getattr(job, attribute) is not None and mapping.record not in records
    ]
    if lost:
        error = UnusableError(
            "options.lost", mapping=mapping.name, record=Words(f"mapping.record.{mapping.record}")
        )
        for name in lost:
            error.then("options.meant", option=f"--{name.replace('_', '-')}", about=Words(f"help.{name}"))
        raise error
