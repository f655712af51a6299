"""Where the caret is and what is selected, as the status bar says it."""

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Source, SourceKind, Unit


def where(source: Source, unit: Unit | None, units: int) -> str:
    """For example "Turn 34 of 86"; empty outside of turns and posts."""
    if unit is None:
        return ""
    numbers = {"n": f"{unit.ordinal + 1:,}", "all": f"{units:,}"}
    if source.kind is SourceKind.POSTS:
        return tr("Post {n} of {all}", **numbers)
    if source.kind is SourceKind.TRANSCRIPT:
        return tr("Turn {n} of {all}", **numbers)
    return tr("Paragraph {n} of {all}", **numbers)


def selected(start: int, end: int) -> str:
    """For example "24,171–24,210 · 39 characters selected"; empty without a selection."""
    if start == end:
        return ""
    long = ntr("{n} character selected", "{n} characters selected", end - start)
    return tr("{start}–{end} · {long}", start=f"{start:,}", end=f"{end:,}", long=long)
