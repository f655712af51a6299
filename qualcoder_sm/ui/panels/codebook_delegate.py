"""How a code's row is painted and renamed: chip, name, key, codings here, codings in all."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.panels.codebook_model import ROW, CodeRow
from qualcoder_sm.ui.panels.tree import Index, PaneTree, RowDelegate, paint_chip, paint_key

NAME_LEFT = 20


class CodeDelegate(RowDelegate):
    """`hits` are the words of the filter; names show them in the accent colour."""

    def __init__(self, tree: PaneTree, *, here: bool = True) -> None:
        super().__init__(tree)
        self.hits: tuple[str, ...] = ()
        self._here = here
        self._most = (0, 0)

    def set_most(self, here: int, total: int) -> None:
        """The largest numbers of all rows, which the columns must hold."""
        self._most = (here, total)

    @property
    def widths(self) -> tuple[int, int]:
        """How wide the columns of numbers are: here, 0 without that one, and in all."""
        here, total = self._most
        return self.column(here, 30) if self._here else 0, self.column(total, 34)

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """From the right: in all, here, key, then the name, and the chip at the left."""
        value = index.data(ROW)
        if not isinstance(value, CodeRow):
            return
        middle, code = rect.center().y() + 0.5, value.code
        paint_chip(painter, self.theme, code.color, rect.x() + 2, middle, hollow=not code.codable)
        right = self._counts(painter, rect, value)
        if code.favourite:
            right = paint_key(painter, self.theme, str(code.favourite), right - 2, middle)
        left = rect.x() + NAME_LEFT
        self._name(painter, QRect(left, rect.y(), right - left, rect.height()), code.name)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field without a frame of its own."""
        field = QLineEdit(parent)
        field.setAccessibleName(tr("Name of the code"))
        field.setStyleSheet("QLineEdit, QLineEdit:focus { padding: 0 4px; min-height: 0; }")
        return field

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Where the name stands."""
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in the stubs
        editor.setGeometry(rect.adjusted(NAME_LEFT - 5, 1, -4, -1))

    def _counts(self, painter: QPainter, rect: QRect, value: CodeRow) -> int:
        right, color, (here, total) = rect.right() - 12, self.theme.color, self.widths
        for number, ink, width in (
            (value.total, color.muted, total),
            (value.here, color.text, here),
        ):
            if number and width:
                box = QRect(right - width, rect.y(), width, rect.height())
                self.number(painter, box, number, ink)
            right -= width
        return right

    def _name(self, painter: QPainter, rect: QRect, name: str) -> None:
        font, color = self.theme.font(13), self.theme.color
        start = next((at for hit in self.hits if (at := name.casefold().find(hit)) >= 0), -1)
        if start < 0:
            self.text(painter, rect, name, color.text, font)
            return
        length = max(len(hit) for hit in self.hits if hit in name.casefold())
        bold = self.theme.font(13, bold=True)
        parts = (
            (name[:start], color.text, font),
            (name[start : start + length], color.accent, bold),
            (name[start + length :], color.text, font),
        )
        for words, ink, face in parts:
            self.text(painter, rect, words, ink, face)
            rect.setLeft(rect.left() + QFontMetrics(face).horizontalAdvance(words))
