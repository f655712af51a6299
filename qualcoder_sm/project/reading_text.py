"""A text for reading: who speaks, and when, is written before what they say."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcoder_sm.model import Unit


def reading_text(text: str, units: Sequence[Unit]) -> str:
    """The stored text, nothing changed, with the `opening` of each of its units before it."""
    starts = sorted(units, key=_start)
    edges = [0, *(unit.start for unit in starts), len(text)]
    parts = [text[: edges[1]]]
    for unit, end in zip(starts, edges[2:], strict=True):
        parts += [opening(unit), text[unit.start : end]]
    return "".join(parts)


def opening(unit: Unit) -> str:
    """What is known of a unit: "[00:14:09] P02: " of a turn, "[2024-03-05 18:30 UTC] A0007: " of a post.

    Empty where neither a speaker nor a time is known.
    """
    when = f"[{moment}] " if (moment := _moment(unit)) else ""
    return when + (f"{unit.speaker}: " if unit.speaker else "")


def recording_time(seconds: float) -> str:
    """A position in a recording: "00:14:09", with thousandths where they are known."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    shown = f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
    return f"{shown}.{thousandths:03}".rstrip("0") if thousandths else shown


def _moment(unit: Unit) -> str:
    if unit.at is not None:
        return f"{unit.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return recording_time(unit.offset) if unit.offset is not None else ""


def _start(unit: Unit) -> int:
    return unit.start
