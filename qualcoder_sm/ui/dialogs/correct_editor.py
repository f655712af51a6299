"""A text to correct, with its codings as light grounds that move with what is typed.

The corrected text is not read back from the editor, which changes some characters on the way:
each edit is made on a copy of the stored text.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.positions import Positions
from qualcoder_sm.ui.theme import READING_SERIF, Theme, sized_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

_PIXELS = 16
_UNIT = 2  # bytes of one UTF-16 unit


@dataclass(slots=True)
class Ground:
    """A coding's place in the editor, in Qt's positions, and its colour."""

    start: int
    end: int
    color: str


class CorrectEditor(QPlainTextEdit):
    """Plain text; only the grounds in sight are painted."""

    edited = Signal()
    """The text is another one now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._units = b""
        self._grounds: list[Ground] = []
        self._longest = 0
        self._loading = False
        self._paint = QTimer(self, singleShot=True, interval=0)
        self._paint.timeout.connect(self._paint_grounds)
        self.setAccessibleName(tr("Text to correct"))
        self.setProperty("look", "quote")
        self.setFont(sized_font(READING_SERIF, _PIXELS * theme.ui_scale))
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(12)
        self.document().contentsChange.connect(self._follow)
        self.updateRequest.connect(self._scrolled)

    def show_text(self, text: str) -> bool:
        """Show a stored text; False when it holds characters that cannot be edited here."""
        self._loading = True
        self.setPlainText(text)
        self._loading = False
        self._units = _units(text)
        fits = self.document().characterCount() - 1 == len(self._units) // _UNIT
        self.setReadOnly(not fits)
        return fits

    def text(self) -> str:
        """The text as it is now."""
        return self._units.decode("utf-16-le", "surrogatepass")

    def set_theme(self, theme: Theme) -> None:
        """Paint grounds in the colours of a theme."""
        self._theme = theme
        self._paint_grounds()

    def show_grounds(self, spans: Sequence[tuple[int, int, str]]) -> None:
        """Where codings stand in the text as it is now, by code points, with their colours."""
        positions = Positions(self.text())
        grounds = [Ground(positions.to_qt(a), positions.to_qt(b), color) for a, b, color in spans]
        self._set_grounds(grounds)

    def grounds(self) -> list[tuple[int, int, str]]:
        """Where they are, by code points."""
        positions = Positions(self.text())
        return [(positions.from_qt(one.start), positions.from_qt(one.end), one.color)
                for one in self._grounds]  # fmt: skip

    def selected(self) -> tuple[int, int]:
        """The selected words, by code points."""
        cursor, positions = self.textCursor(), Positions(self.text())
        return positions.from_qt(cursor.selectionStart()), positions.from_qt(cursor.selectionEnd())

    def go_to(self, start: int, end: int) -> None:
        """Select words, by code points, and bring them into sight."""
        positions, cursor = Positions(self.text()), self.textCursor()
        cursor.setPosition(positions.to_qt(start))
        cursor.setPosition(positions.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Others come into sight."""
        super().resizeEvent(event)
        self._paint.start()

    def _follow(self, at: int, removed: int, added: int) -> None:
        """Make an edit of the document on the copy of the stored text too."""
        if self._loading:
            return
        last = len(self._units) // _UNIT
        removed = min(removed, last - at)
        added = min(added, self.document().characterCount() - 1 - at)
        new = _units(self._words(at, at + added))
        old = self._units[at * _UNIT : (at + removed) * _UNIT]
        if new == old:
            return
        self._units = self._units[: at * _UNIT] + new + self._units[(at + removed) * _UNIT :]
        for ground in self._grounds:
            ground.start = _shifted(ground.start, at, removed, added, left=False)
            ground.end = max(ground.start, _shifted(ground.end, at, removed, added, left=True))
        self._set_grounds(self._grounds)
        self.edited.emit()

    def _words(self, start: int, end: int) -> str:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText().replace("\u2029", "\n")

    def _set_grounds(self, grounds: list[Ground]) -> None:
        self._grounds = sorted(grounds, key=_start)
        self._longest = max((one.end - one.start for one in grounds), default=0)
        self._paint.start()

    def _scrolled(self, _rect: object, by: int) -> None:
        if by:
            self._paint.start()

    def _paint_grounds(self) -> None:
        first = self.firstVisibleBlock().position()
        corner = self.viewport().rect().bottomRight()
        last = self.cursorForPosition(corner).block()
        until = last.position() + last.length()
        at = bisect_left(self._grounds, first - self._longest, key=_start)
        shown: list[QTextEdit.ExtraSelection] = []
        for ground in self._grounds[at:]:
            if ground.start >= until:
                break
            if ground.end > first and ground.start < ground.end:
                shown.append(self._selection(ground))
        self.setExtraSelections(shown)

    def _selection(self, ground: Ground) -> QTextEdit.ExtraSelection:
        made, look = QTextEdit.ExtraSelection(), QTextCharFormat()
        look.setBackground(self._theme.tint((ground.color,)))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        look.setUnderlineColor(self._theme.ink(ground.color))
        cursor = QTextCursor(self.document())
        cursor.setPosition(ground.start)
        cursor.setPosition(ground.end, QTextCursor.MoveMode.KeepAnchor)
        made.cursor, made.format = cursor, look  # type: ignore[misc]  # fields in the stubs
        return made


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _shifted(position: int, at: int, removed: int, added: int, *, left: bool) -> int:
    """Where a position is after an edit; `left`: what is typed right at it stays behind it."""
    if position < at or (left and position == at):
        return position
    if position >= at + removed:
        return position + added - removed
    return at if left else at + added


def _start(ground: Ground) -> int:
    return ground.start
