"""Layouts whose parts share what room is left."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QScrollArea, QWidget

_MOST = 100  # so much more than a gap that grows

Layout = TypeVar("Layout", bound=QBoxLayout)


def stretched(layout: Layout, *places: int) -> Layout:
    """The same layout; its items at these places take the room that is left."""
    for place in places:
        layout.setStretch(place, _MOST)
    return layout


def scrolled(inside: QWidget) -> QScrollArea:
    """A widget that can be scrolled where there is less room than it needs."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def emptied(layout: QLayout) -> None:
    """Drop everything that is in a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
