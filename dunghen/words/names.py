"""What things are called: definitions, counts, bands, levels, kinds, coverages, verifications."""

from __future__ import annotations

from dataclasses import dataclass

from dunghen.words import say, texts

SHAPES = {
    "clearly_below": "▼",
    "leaning_below": "▽",
    "as_expected": "●",
    "leaning_above": "△",
    "clearly_above": "▲",
    "too_few": "…",
}


# what the name of a group of authorities can begin with
_GROUP_WORDS = ("các", "cấp", "khối", "một")


@dataclass(frozen=True)
class DefinitionText:
    """A named on-time definition in words."""

    name: str
    formula: str
    denominator: str
    used_by: str


def definition_name(code: str | None, language: str = "vi") -> str:
    """The name of an on-time definition; "unknown" and None are called a definition nobody told."""
    return say(f"sentence.definition.{code or 'unknown'}.name", language)


def definition_text(code: str, language: str = "vi") -> DefinitionText:
    """Name, formula, denominator and users of one of the seven definitions; KeyError for any other."""
    parts = ("name", "formula", "denominator", "used_by")
    return DefinitionText(*(say(f"sentence.definition.{code}.{part}", language) for part in parts))


def numerator_name(code: str, language: str = "vi") -> str:
    """What the numerator of a definition counts: "đúng hạn", by the portal also what is within term."""
    return say(f"sentence.definition.{code}.numerator", language)


def rest_name(code: str, language: str = "vi") -> str:
    """What a definition leaves beside its numerator: "trễ hạn" of those resolved, by the portal more."""
    return say(f"sentence.definition.{code}.rest", language)


def count_name(name: str, language: str = "vi") -> str:
    """What a column of counts holds: "late" is "trễ hạn"; KeyError for a column that holds no count."""
    return say(f"sentence.count.{name}", language)


def band_name(band: str, language: str = "vi") -> str:
    """A band against the siblings in words: "thấp rõ rệt"."""
    return say(f"sentence.band.{band}", language)


def band_shape(band: str) -> str:
    """The shape that stands for a band beside its colour."""
    return SHAPES[band]


def level_name(level: str, language: str = "vi") -> str:
    """A level of authorities: "cấp xã"."""
    return say(f"sentence.level.{level}", language)


def kind_name(authority_kind: str, language: str = "vi") -> str:
    """The kind of an authority as it stands within a sentence: "phường"."""
    return say(f"sentence.kind.{authority_kind}", language)


def coverage_name(coverage: str, language: str = "vi") -> str:
    """Whose dossiers a figure counts: the office's own, those of its whole area, or not told."""
    return say(f"sentence.coverage.{coverage}", language)


def verification_text(verification: str, language: str = "vi") -> str:
    """How far a source was verified, as it stands beside the source."""
    return say(f"sentence.verification.{verification}", language)


def source_title(title: str, language: str = "vi") -> str:
    """The title of a source as it was published, which is in Vietnamese; said so beside it in English."""
    return say("sentence.source.title", language, title=title)


def place_in_sentence(authority_name: str, language: str = "vi") -> str:
    """A name as it stands within a Vietnamese sentence: "Phường Việt Trì" becomes "phường Việt Trì".

    So do names of groups ("Các bộ, ngành"); offices ("Sở Nội vụ") and all names in English keep theirs.
    """
    if language != "vi":
        return authority_name
    group = next((word for word in _GROUP_WORDS if authority_name.startswith(f"{word.capitalize()} ")), None)
    kind = kind_in_name(authority_name) or group
    return kind + authority_name[len(kind) :] if kind else authority_name


def without_kind(authority_name: str) -> str:
    """A Vietnamese name without the kind of place it begins with: "Huyện Ninh Giang" is "Ninh Giang".

    "Quận 1" stays whole: a bare number is no name.
    """
    kind = kind_in_name(authority_name)
    bare = authority_name[len(kind) :].strip() if kind else authority_name
    return authority_name if bare[:1].isdigit() else bare


def kind_in_name(authority_name: str) -> str | None:
    """The kind of place a Vietnamese name begins with, in lower case; None for offices and the like."""
    folded = authority_name.lower()
    return next((word for word in _place_kinds() if folded.startswith(f"{word} ")), None)


def _place_kinds() -> frozenset[str]:
    offices = ("nation", "region", "ministry", "group", "department")
    prefix = "sentence.kind."
    return frozenset(
        text
        for key, text in texts("vi").items()
        if key.startswith(prefix) and key.removeprefix(prefix) not in offices
    )
