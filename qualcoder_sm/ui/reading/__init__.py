"""The reading view: the surface on which researchers read and code."""

from qualcoder_sm.ui.reading.content import (
    ApplyRequest,
    BoundaryRequest,
    CodeLook,
    ContextRequest,
    Family,
    FavouriteRequest,
    LinkMark,
    LinkRequest,
    Missing,
    Mode,
    Numbers,
    SourceContent,
    SpanRequest,
    Zone,
)
from qualcoder_sm.ui.reading.view import ReadingView

__all__ = [
    "ApplyRequest",
    "BoundaryRequest",
    "CodeLook",
    "ContextRequest",
    "Family",
    "FavouriteRequest",
    "LinkMark",
    "LinkRequest",
    "Missing",
    "Mode",
    "Numbers",
    "ReadingView",
    "SourceContent",
    "SpanRequest",
    "Zone",
]
