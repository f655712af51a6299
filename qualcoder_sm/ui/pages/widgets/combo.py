"""A combo box with the caret of the theme."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox

from qualcoder_sm.ui import icons


class Combo(QComboBox):
    """As Qt's, but the wheel scrolls the page under it unless it has the keyboard."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, and a caret at its right."""
        super().paintEvent(event)
        painter = QPainter(self)
        box = QRectF(self.width() - 20, self.height() / 2 - 6, 12, 12)
        color = self.palette().color(QPalette.ColorRole.PlaceholderText)
        icons.draw(painter, box, "caret-down", color)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel that only passes over must not change a choice."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
