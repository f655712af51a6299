"""What a coding says of its code, as it is named in a command."""

from enum import StrEnum

from qualcoder_sm.model import Polarity


class Said(StrEnum):
    """A polarity as it is named in a command."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    MIXED = "mixed"
    NONE = "none"

    @property
    def polarity(self) -> Polarity | None:
        """The polarity; None for none."""
        return None if self is Said.NONE else Polarity(self.value)
