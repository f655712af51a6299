"""The small bar under a fresh selection: the likeliest codes, all codes, a memo."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QWidget,
)

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.theme import Theme

MOST, APART, LONGEST_NAME = 3, 6, 28


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that is likely for the selected words; `key` is its favourite digit, or empty."""

    code: str
    name: str
    color: str
    key: str = ""


class SelectionBar(QFrame):
    """Offers codes beside a selection; it covers neither that nor, if it can, what is read next."""

    chosen = Signal(object)
    """Guid of a code."""
    allCodesRequested = Signal()
    memoRequested = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("selectionBar")
        self.setAccessibleName(tr("Likely codes"))
        self._offered: list[list[QWidget]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(6, 4, 6, 4)
        self._row.setSpacing(2)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(18)
        shadow.setOffset(0, 4)
        shadow.setColor(QColor(0, 0, 0, 50))
        self.setGraphicsEffect(shadow)
        self.hide()

    def offer(self, suggestions: Sequence[Suggestion], theme: Theme) -> None:
        """Hold these codes, three at most."""
        self._clear()
        self._theme = theme
        for suggestion in suggestions[:MOST]:
            before = self._row.count()
            self._add_code(suggestion)
            self._offered.append(self._widgets(before))
        if suggestions:
            self._add(_rule(theme))
        every = self._button(tr("All codes"), tr("Enter"))
        every.clicked.connect(self.allCodesRequested)
        memo = self._button(tr("Memo"), "M")
        memo.clicked.connect(self.memoRequested)
        self.setStyleSheet(_rules(theme))
        self.adjustSize()

    def place(self, selection: QRect, after: QRect, x: int, bounds: QRect) -> None:
        """Stand above a selection, or below it and the line `after` it, as near to x as can be.

        Without room for that it stands on the line after; without any it is hidden. All in the
        pixels of the parent, inside `bounds`; likely codes that do not fit are left out.
        """
        self._fit(bounds.width())
        size = self.sizeHint()
        last = bounds.bottom() + 1 - size.height()
        free = (after if after.isValid() else selection).bottom() + 1 + APART
        tops = (selection.top() - APART - size.height(), free, selection.bottom() + 1 + APART)
        top = next((y for y in tops if bounds.top() <= y <= last), None)
        if top is None:
            self.hide()
            return
        left = max(bounds.left(), min(x, bounds.right() + 1 - size.width()))
        self.setGeometry(QRect(QPoint(left, top), size))
        self.show()
        self.raise_()

    def _fit(self, width: int) -> None:
        """Leave out likely codes, the last first, until the bar is no wider."""
        for most in range(len(self._offered), -1, -1):
            for number, widgets in enumerate(self._offered):
                for widget in widgets:
                    widget.setVisible(number < most)
            if self.sizeHint().width() <= width:
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the text; left and right go from button to button."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(key == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def _widgets(self, first: int) -> list[QWidget]:
        items = (self._row.itemAt(n) for n in range(first, self._row.count()))
        return [widget for item in items if item and (widget := item.widget())]

    def _clear(self) -> None:
        self._offered.clear()
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add_code(self, suggestion: Suggestion) -> None:
        name = suggestion.name
        shown = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
        button = self._button(shown, suggestion.key)
        button.setIcon(chip(suggestion.color, self._theme))
        button.setIconSize(QSize(11, 11))
        button.setToolTip(name)
        button.setAccessibleName(tr("Code with {name}", name=name))
        button.setProperty("code", suggestion.code)
        button.clicked.connect(self._choose)

    def _choose(self) -> None:
        self.chosen.emit(self.sender().property("code"))

    def _button(self, words: str, key: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(f" {words.replace('&', '&&')}")
        button.setAccessibleName(words)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAutoRaise(True)
        button.setMinimumHeight(26)
        self._add(button)
        if key:
            self._add(KeyCap(key, self._theme, self))
        return button

    def _add(self, widget: QWidget) -> None:
        """Add a widget that counts at once, also while the bar is on the screen."""
        self._row.addWidget(widget)
        widget.show()


class KeyCap(QLabel):
    """A key, drawn as on a keyboard."""

    def __init__(self, key: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(key, parent)
        self._theme = theme
        self.setFont(theme.font(11))
        self.setContentsMargins(5, 1, 5, 1)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(self.sizePolicy().Policy.Fixed, self.sizePolicy().Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cap behind the letter."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color.border, 1))
        painter.setBrush(self._theme.color.paper)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1).toRectF(), 3, 3)
        painter.setPen(self._theme.color.secondary)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


def chip(color: str, theme: Theme, size: int = 11) -> QIcon:
    """The small square of a code's colour, with its outline."""
    pixmap = QPixmap(size * 2, size * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.ink(color), 1))
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(QRect(0, 0, size - 1, size - 1).toRectF().translated(0.5, 0.5), 3, 3)
    painter.end()
    return QIcon(pixmap)


def _rule(theme: Theme) -> QWidget:
    rule = QFrame()
    rule.setFixedWidth(1)
    rule.setStyleSheet(f"background: {theme.hex.border}; margin: 4px 0;")
    return rule


def _rules(theme: Theme) -> str:
    return (
        f"#selectionBar {{ background: {theme.hex.raised}; border: 1px solid {theme.hex.control};"
        " border-radius: 8px; }"
    )
