"""A row to check, with a number at its right."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from qualcoder_sm.ui import icons

_BOX, _SHORT = 16, 140
Role = QPalette.ColorRole


class CheckRow(QAbstractButton):
    """Box, words, and a quiet number; the whole row can be pressed."""

    def __init__(self, text: str, *, checked: bool = False) -> None:
        super().__init__()
        self._note = ""
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setChecked(checked)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def note(self) -> str:
        """The number at the right."""
        return self._note

    def set_note(self, note: str) -> None:
        """Show a number at the right."""
        self._note = note
        self.setAccessibleName(f"{self.text()}, {note}" if note else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        """All of it on one line."""
        metrics = QFontMetrics(self.font())
        width = metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance(self._note)
        return QSize(width + _BOX + 24, max(24, metrics.height() + 6))

    def minimumSizeHint(self) -> QSize:
        """All of it where it is short, else the first words."""
        wanted = self.sizeHint()
        return QSize(min(wanted.width(), _SHORT), wanted.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, words, number, and a ring where the keyboard is."""
        painter, palette = QPainter(self), self.palette()
        metrics = QFontMetrics(self.font())
        name = "check-square" if self.isChecked() else "square"
        quiet = palette.color(Role.PlaceholderText)
        box = QRectF(1, (self.height() - _BOX) / 2, _BOX, _BOX)
        icons.draw(
            painter, box, name, palette.color(Role.WindowText) if self.isChecked() else quiet
        )
        room = metrics.horizontalAdvance(self._note)
        right = QRect(self.width() - room - 2, 0, room + 2, self.height())
        painter.setPen(quiet)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter, self._note)
        inside = QRect(_BOX + 8, 0, right.left() - _BOX - 14, self.height())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        painter.setPen(palette.color(Role.WindowText) if self.isEnabled() else quiet)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, shown)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(palette.color(Role.Accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)
