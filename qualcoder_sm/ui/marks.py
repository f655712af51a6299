"""Check boxes and radio buttons, painted so that they can be seen in both themes."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton

from qualcoder_sm.ui import icons

SIDE, GAP, PAD = 16, 7, 4


class Tick(QCheckBox):
    """A square that is ticked or not, and what it is about."""

    def sizeHint(self) -> QSize:
        """Mark, gap and words."""
        return _size(self)

    def hitButton(self, pos: QPoint) -> bool:
        """Everywhere on it."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The mark and the words."""
        _paint(self, "check-square" if self.isChecked() else "square")


class Dot(QRadioButton):
    """A circle that is chosen or not, one of several."""

    def sizeHint(self) -> QSize:
        """Mark, gap and words."""
        return _size(self)

    def hitButton(self, pos: QPoint) -> bool:
        """Everywhere on it."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The mark and the words."""
        _paint(self, "circle", dot=self.isChecked())


def _size(button: QAbstractButton) -> QSize:
    words = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text())
    return QSize(PAD + SIDE + GAP + words.width() + PAD, max(24, words.height() + PAD))


def _paint(button: QAbstractButton, icon: str, *, dot: bool = False) -> None:
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    palette, role = button.palette(), QPalette.ColorRole
    group = QPalette.ColorGroup.Active if button.isEnabled() else QPalette.ColorGroup.Disabled
    middle = button.height() / 2
    mark = QRectF(PAD, middle - SIDE / 2, SIDE, SIDE)
    chosen = button.isChecked() and button.isEnabled()
    color = palette.color(role.Accent if chosen else role.PlaceholderText)
    icons.draw(painter, mark, icon, color)
    if dot:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(mark.center(), 3.5, 3.5)
    painter.setPen(palette.color(group, role.WindowText))
    words = button.rect().adjusted(PAD + SIDE + GAP, 0, 0, 0)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
    painter.drawText(words, flags, button.text())
    if button.hasFocus():
        painter.setPen(QPen(palette.color(role.Accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(button.rect()).adjusted(1, 1, -1, -1), 4, 4)
