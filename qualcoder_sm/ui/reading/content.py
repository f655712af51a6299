"""What the reading view is given, and what it asks for. Positions are code points."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPoint

from qualcoder_sm.model import SourceKind, Unit

CODE_MIME = "application/x-qualcodersm-code"
"""A code being dragged: its guid in UTF-8."""
SELECTION_MIME = "application/x-qualcodersm-selection"
"""A passage being dragged: "source guid, start, end" parted by spaces, in UTF-8."""
CODINGS_MIME = "application/x-qualcodersm-codings"
"""Codings being dragged: their guids in UTF-8, one a line."""


class Mode(Enum):
    """How codings are shown."""

    HIGHLIGHTS = "highlights"
    STRIPES = "stripes"
    BOTH = "both"
    CLEAN = "clean"

    @property
    def highlights(self) -> bool:
        """Whether coded words are tinted."""
        return self in (Mode.HIGHLIGHTS, Mode.BOTH)

    @property
    def stripes(self) -> bool:
        """Whether coding stripes stand beside the text."""
        return self in (Mode.STRIPES, Mode.BOTH)

    def next(self) -> "Mode":
        """The mode after this one, in a circle."""
        modes = list(Mode)
        return modes[(modes.index(self) + 1) % len(modes)]


class Numbers(Enum):
    """What is numbered in the margin."""

    NONE = "none"
    UNITS = "units"
    """Turns, posts without an id, or paragraphs, as exports name them."""
    LINES = "lines"
    """Lines of the text as it was imported."""


class Edge(Enum):
    """One of the two boundaries of a coding."""

    START = "start"
    END = "end"


class Family(Enum):
    """The kind of type the participants' words are set in."""

    SERIF = "serif"
    SANS = "sans"


class Missing(Enum):
    """Why a key could do nothing."""

    WORDS = "words"
    """No words are selected."""
    SPACE = "space"
    """Only white space is selected."""
    CODING = "coding"
    """No coding stands at the caret."""
    OWN = "own coding"
    """No coding of one's own stands at the caret."""
    THEIRS = "their coding"
    """The coding here is another coder's."""
    NOT_HERE = "not here"
    """The unit at whose beginning the caret stands is the next without a coding."""
    UNCODED = "uncoded"
    UNCODED_BEFORE = "uncoded before"
    """Every unit further on, or before, holds a coding of one's own."""
    NEXT = "next"
    PREVIOUS = "previous"
    """No shown coding begins after, or before, the caret."""


@dataclass(frozen=True, slots=True)
class SourceContent:
    """A source to read: its text as stored, and the units that lie in it, in order.

    `preface` is a line shown above the text that belongs to no unit and no position.
    """

    guid: str
    text: str
    units: Sequence[Unit] = ()
    kind: SourceKind = SourceKind.TEXT
    title: str = ""
    preface: str = ""


@dataclass(frozen=True, slots=True)
class CodeLook:
    """What the view must know of a code to show it."""

    name: str
    color: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class LinkMark:
    """A link from one coding to another, by guid, of which at least one is in the source shown.

    `words` tell of it; `elsewhere` is the guid of the coding that lies in another source, empty
    when both are here.
    """

    guid: str
    origin: str
    target: str
    words: str
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """Link one coding to another, both by guid."""

    origin: str
    target: str


@dataclass(frozen=True, slots=True)
class ApplyRequest:
    """Put this code on these words."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SpanRequest:
    """Do something with these words; empty (start == end) when only the caret stands there."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FavouriteRequest:
    """Put the code with this favourite key, 1 to 9, on these words."""

    digit: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BoundaryRequest:
    """Let this coding begin and end here from now on."""

    coding: str
    start: int
    end: int


class Zone(Enum):
    """Where in the view something is."""

    WORDS = "words"
    MARGIN = "margin"
    STRIPE = "stripe"


@dataclass(frozen=True, slots=True)
class ContextRequest:
    """A menu is wanted at a place of the screen, about what lies under it.

    `codings` are guids, shortest passage first, of a stripe the one it stands for; `start`, `end`
    is the selection.
    """

    place: QPoint
    position: int
    codings: tuple[str, ...]
    start: int
    end: int
    zone: Zone = Zone.WORDS


def below_name(unit: Unit) -> str:
    """What stands in the margin below who speaks: what they are, if that tells something, and when."""
    role = "" if unit.interviewer else unit.told_role
    return ", ".join(filter(None, (role, "" if unit.offset is None else _clock(unit.offset))))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
