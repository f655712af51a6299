"""What the parts of the window ask of each other: frozen values carried by signals."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a source to go to: its guid and a span in code points."""

    source: str
    start: int
    end: int
