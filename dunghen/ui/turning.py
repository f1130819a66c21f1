"""Which view of the wall screen is on: computed from the clock, so that nothing has to be remembered.

A screen that lost its server or its network comes back to the view it would have shown anyway, and two
screens with the same address show the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dunghen.scope import BadParameterError

SECONDS, SHORTEST, LONGEST = 20, 5, 600
# The names of the views in addresses, in the order in which they turn.
VIEWS = ("tong-quan", "o-dau", "tieu-chi")


@dataclass(frozen=True)
class Turning:
    """What an address asks of the screen: seconds a view, which views, the one it stands still on."""

    seconds: int = SECONDS
    wanted: tuple[str, ...] = VIEWS
    held: str | None = None

    @classmethod
    def from_address(cls, parameters: Mapping[str, str]) -> Turning:
        """Reads `giay`, `muc` (views, with commas between) and `dung` (a view, or 1 for the first).

        Raises `BadParameterError` for what cannot be read.
        """
        wanted = tuple(dict.fromkeys(filter(None, parameters.get("muc", "").replace(" ", "").split(","))))
        for view in wanted:
            _known_view("muc", view)
        held = parameters.get("dung") or None
        if held == "1":
            held = (wanted or VIEWS)[0]
        if held is not None:
            _known_view("dung", held)
        return cls(_seconds(parameters.get("giay")), wanted or VIEWS, held)

    def shown(self, available: tuple[str, ...]) -> tuple[str, ...]:
        """The views that turn: those wanted that have data; if none of them has, all that have."""
        return tuple(view for view in self.wanted if view in available) or available

    def at(self, now: float, available: tuple[str, ...]) -> tuple[str, int]:
        """The view at `now` (seconds since the epoch) and how many whole seconds it stays, rounded up.

        `available` must not be empty.
        """
        views = self.shown(available)
        if self.held in available:
            return str(self.held), 0
        turn, gone = divmod(now, self.seconds)
        return views[int(turn) % len(views)], self.seconds - int(gone)

    def beside(self, view: str, step: int, available: tuple[str, ...]) -> str:
        """The view `step` places after (before, if negative) another, round and round."""
        views = self.shown(available)
        place = views.index(view) if view in views else 0
        return views[(place + step) % len(views)]


def _known_view(parameter: str, view: str) -> None:
    if view not in VIEWS:
        raise BadParameterError(parameter, view, "choice", choices=", ".join(VIEWS))


def _seconds(text: str | None) -> int:
    if not text:
        return SECONDS
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and SHORTEST <= int(text) <= LONGEST):
        raise BadParameterError("giay", text, "number", lowest=SHORTEST, highest=LONGEST)
    return int(text)
