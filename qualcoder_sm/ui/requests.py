"""What the parts of the window ask of each other: frozen values carried by signals."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a source to go to: its guid and a span in code points."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MemoWish:
    """A memo about one row of the project, by table and guid; `place` are words to link to."""

    table: str
    target: str
    place: Place | None = None
