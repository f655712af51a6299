"""The palette's list: one row for each code that fits, and the last for a new one."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.reading.palette_filter import Marks, Match
from qualcoder_sm.ui.theme import Theme

ROW, LEFT, CHIP = 34, 14, 10
Index = QModelIndex | QPersistentModelIndex
ONE_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
ROLE = Qt.ItemDataRole.UserRole


class MatchModel(QAbstractListModel):
    """Matches, then the name typed as a new code when there is one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._matches: Sequence[Match] = ()
        self._new_name = ""

    def show(self, matches: Sequence[Match], new_name: str) -> None:
        """Hold other rows."""
        self.beginResetModel()
        self._matches, self._new_name = matches, new_name
        self.endResetModel()

    def match(self, row: int) -> Match | None:
        """The match in a row; None for the row that makes a new code."""
        return self._matches[row] if 0 <= row < len(self._matches) else None

    def new_name(self) -> str:
        """The name that the last row makes a code of; empty without such a row."""
        return self._new_name

    def rowCount(self, parent: Index | None = None) -> int:
        """Codes and the new one."""
        inside = parent is not None and parent.isValid()
        return 0 if inside else len(self._matches) + bool(self._new_name)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name; the match itself as user data."""
        match = self.match(index.row())
        if role == ROLE:
            return match
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if match is None:
            return new_code_words(self._new_name)
        code = match.entry.code
        if role == Qt.ItemDataRole.AccessibleTextRole and code.favourite:
            return tr("{name}, key {key}", name=code.name, key=code.favourite)
        return code.name


def new_code_words(name: str) -> str:
    """What the last row says."""
    return tr("New code “{name}”, marked as emergent", name=name)


class MatchDelegate(QStyledItemDelegate):
    """Paints chip, name with its hits, path, and the favourite key."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows of one height."""
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        if self.theme is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue] missing in the stubs
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue] the same
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, self.theme.color.accent_tint)
            painter.fillRect(QRect(row.x(), row.y(), 3, row.height()), self.theme.color.accent)
        match = index.data(ROLE)
        if isinstance(match, Match):
            self._paint_match(painter, row, match)
        else:
            self._paint_new(painter, row, str(index.data()))
        painter.restore()

    def _paint_match(self, painter: QPainter, row: QRect, match: Match) -> None:
        theme = self._theme()
        code = match.entry.code
        top = row.center().y() - CHIP / 2 + 0.5
        painter.setPen(QPen(theme.ink(code.color), 1))
        painter.setBrush(QColor(code.color))
        painter.drawRoundedRect(QRectF(row.x() + LEFT + 0.5, top, CHIP, CHIP), 3, 3)
        right = row.right() - 12
        if code.favourite:
            right = self._paint_key(painter, row, str(code.favourite))
        left = row.x() + LEFT + CHIP + 10
        place = QRectF(left, row.y(), right - left - 8, row.height())
        used = self._paint_marked(painter, place, code.name, match.name_marks, 13)
        place.setLeft(place.left() + used + 9)
        if match.entry.path and place.width() > 24:
            self._paint_marked(painter, place, match.entry.path, match.path_marks, 12)

    def _paint_key(self, painter: QPainter, row: QRect, key: str) -> int:
        theme = self._theme()
        box = QRectF(row.right() - 28.5, row.center().y() - 8.5, 17, 17)
        painter.setPen(QPen(theme.color.border, 1))
        painter.setBrush(theme.color.paper)
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(theme.font(11))
        painter.setPen(theme.color.secondary)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
        return round(box.left())

    def _paint_new(self, painter: QPainter, row: QRect, words: str) -> None:
        theme = self._theme()
        painter.fillRect(QRect(row.x(), row.y(), row.width(), 1), theme.color.border)
        painter.setPen(QPen(theme.color.secondary, 1.2))
        x, y = row.x() + LEFT + CHIP / 2, row.center().y() + 0.5
        painter.drawLine(QRectF(x - 5, y, 10, 0).topLeft(), QRectF(x - 5, y, 10, 0).topRight())
        painter.drawLine(QRectF(x, y - 5, 0, 10).topLeft(), QRectF(x, y - 5, 0, 10).bottomLeft())
        place = QRectF(row.adjusted(LEFT + CHIP + 10, 0, -8, 0))
        self._paint_marked(painter, place, words, (), 13)

    def _paint_marked(
        self, painter: QPainter, place: QRectF, words: str, marks: Marks, pixels: int
    ) -> float:
        """Write words on one line, hits bold in the accent; returns the width used."""
        theme = self._theme()
        plain, bold = theme.font(pixels), theme.font(pixels, bold=True)
        color = theme.color.text if pixels == 13 else theme.color.muted
        x, reached = place.left(), 0
        for start, end in (*sorted(marks), (len(words), len(words))):
            for part, font, pen in (
                (words[reached:start], plain, color),
                (words[max(start, reached) : end], bold, theme.color.accent),
            ):
                x += _write(
                    painter,
                    QRectF(x, place.y(), place.right() - x, place.height()),
                    part,
                    font,
                    pen,
                )
            reached = max(reached, end)
        return x - place.left()

    def _theme(self) -> Theme:
        assert self.theme is not None
        return self.theme


def _write(painter: QPainter, place: QRectF, words: str, font: QFont, pen: QColor) -> float:
    if not words or place.width() <= 0:
        return 0.0
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.setFont(font)
    painter.setPen(pen)
    painter.drawText(place, ONE_LINE, shown)
    return metrics.horizontalAdvance(shown)
