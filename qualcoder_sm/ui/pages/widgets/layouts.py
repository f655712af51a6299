"""Layouts whose parts share what room is left."""

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout

Layout = TypeVar("Layout", bound=QBoxLayout)


def stretched(layout: Layout, *places: int) -> Layout:
    """The same layout; its items at these places take the room that is left."""
    for place in places:
        layout.setStretch(place, 1)
    return layout
