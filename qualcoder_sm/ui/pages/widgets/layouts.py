"""Layouts whose parts share what room is left."""

from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QScrollArea, QWidget

_LEAST_SCROLLED = 64
_MOST = 100  # so much more than a gap that grows

Layout = TypeVar("Layout", bound=QBoxLayout)


def stretched(layout: Layout, *places: int) -> Layout:
    """The same layout; its items at these places take the room that is left."""
    for place in places:
        layout.setStretch(place, _MOST)
    return layout


class Scrolled(QScrollArea):
    """Wants to be as high as what is in it, and scrolls it where there is less room."""

    def __init__(self, inside: QWidget, name: str) -> None:
        super().__init__()
        self._inside = inside
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        """The size of what is in it, at this width."""
        hint = self._inside.sizeHint()
        wrapped = self._inside.heightForWidth(self.width())
        return QSize(hint.width(), wrapped if wrapped > 0 else hint.height())

    def minimumSizeHint(self) -> QSize:
        """A line or two."""
        return QSize(super().minimumSizeHint().width(), _LEAST_SCROLLED)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is in it wants another size."""
        if watched is self._inside and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def emptied(layout: QLayout) -> None:
    """Drop everything that is in a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
