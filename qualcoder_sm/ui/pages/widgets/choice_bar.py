"""The bar of choices on top of a page: boxes at the left, what can be done at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QPoint, QRect, QSize

from qualcoder_sm.ui.panels.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLayoutItem, QWidget

_GAP, _SIDE = 8, 20


class ChoiceBar(Flow):
    """On one line while the boxes can show their values there, else on as many as they need."""

    def __init__(
        self, boxes: Sequence[QWidget], acts: Sequence[QWidget], *, side: int = _SIDE
    ) -> None:
        super().__init__(*boxes, *acts)
        self._acts = tuple(acts)
        self.setContentsMargins(QMargins(side, 8, side, 8))

    def minimumSize(self) -> QSize:
        """The widest part, and the margins."""
        edges = self.contentsMargins()
        room = QSize(edges.left() + edges.right(), edges.top() + edges.bottom())
        return super().minimumSize() + room

    def _arranged(self, rect: QRect, *, move: bool) -> int:
        inside = rect.marginsRemoved(self.contentsMargins())
        boxes, acts = self._shown()
        height = max((item.sizeHint().height() for item in (*boxes, *acts)), default=0)
        sizes = [QSize(item.sizeHint().width(), height) for item in (*boxes, *acts)]
        widths = _shared(
            [(item.minimumSize().width(), item.sizeHint().width()) for item in boxes],
            inside.width() - sum(item.sizeHint().width() + _GAP for item in acts),
        )
        if widths is None:
            height = self._lines(inside, (*boxes, *acts), sizes, move=move)
        else:
            sizes[: len(boxes)] = [QSize(width, height) for width in widths]
            if move:
                self._one_line(inside, boxes, acts, sizes)
        return height + rect.height() - inside.height()

    def _shown(self) -> tuple[list[QLayoutItem], list[QLayoutItem]]:
        found = [item for i in range(self.count()) if (item := self.itemAt(i))]
        seen = [item for item in found if not item.isEmpty()]
        acts = [item for item in seen if item.widget() in self._acts]
        return [item for item in seen if item not in acts], acts

    def _one_line(
        self,
        inside: QRect,
        boxes: Sequence[QLayoutItem],
        acts: Sequence[QLayoutItem],
        sizes: Sequence[QSize],
    ) -> None:
        x = inside.x()
        taken = sum(size.width() + _GAP for size in sizes[len(boxes) :]) - _GAP
        for number, (item, size) in enumerate(zip((*boxes, *acts), sizes, strict=True)):
            if number == len(boxes):
                x = max(x, inside.right() + 1 - taken)
            item.setGeometry(QRect(QPoint(x, inside.y()), size))
            x += size.width() + _GAP

    def _lines(
        self, inside: QRect, items: Sequence[QLayoutItem], sizes: Sequence[QSize], *, move: bool
    ) -> int:
        x, y, line = inside.x(), inside.y(), 0
        for item, size in zip(items, sizes, strict=True):
            fitting = size.boundedTo(QSize(inside.width(), size.height()))
            if x > inside.x() and x + fitting.width() > inside.right() + 1:
                x, y, line = inside.x(), y + line + _GAP, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), fitting))
            x, line = x + fitting.width() + _GAP, max(line, fitting.height())
        return y + line - inside.y()


def _shared(widths: Sequence[tuple[int, int]], room: int) -> list[int] | None:
    """A width for each of some (least, wanted); None where there is no room for the least."""
    room -= _GAP * (len(widths) - 1)
    least, wanted = sum(pair[0] for pair in widths), sum(pair[1] for pair in widths)
    if room < least:
        return None
    share = 1.0 if room >= wanted else (room - least) / (wanted - least)
    return [low + int((high - low) * share) for low, high in widths]
