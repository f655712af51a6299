"""What lies under the pointer: codings, stripes, handles, links; and what is said of them."""

from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtWidgets import QToolTip

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Coding
from qualcoder_sm.ui.reading.arcs import End
from qualcoder_sm.ui.reading.coded import CodedSurface
from qualcoder_sm.ui.reading.content import Edge, LinkMark, Zone
from qualcoder_sm.ui.reading.metrics import GUTTER
from qualcoder_sm.ui.reading.painter import handle_rects

GRAB, ARROW = 12, 60


class PointedSurface(CodedSurface):
    """A page that answers to the pointer."""

    def coding_under(self, point: QPoint) -> str:
        """The guid of the shortest coding under a point, or of the stripe there; or empty."""
        page = self._to_page(point)
        number = self._document.paragraph_at_y(page.y())
        if self.over_lanes(point):
            return self._stripes.at(number, QPointF(page))
        if not self._scene.mode.highlights:
            return ""
        document = self._document
        corner = QPointF(document.text_left(number), document.text_top(number))
        inside = QPointF(page) - corner
        for fill in self._scene.plan_of(number).fills:
            if fill.rect.contains(inside):
                shortest = min(fill.codings, key=lambda c: (c.end - c.start, c.guid))
                return shortest.guid
        return ""

    def over_lanes(self, point: QPoint) -> bool:
        """Whether a point lies in the column of stripes."""
        columns = self._document.metrics.columns
        inside = columns.lanes - 2 <= point.x() <= columns.lanes + columns.lanes_width
        return self._scene.mode.stripes and columns.lanes_width > 0 and inside

    def zone_at(self, point: QPoint) -> Zone:
        """Whether a point lies on a stripe, in the margin, or else among the words."""
        if self.over_lanes(point) and self.coding_under(point):
            return Zone.STRIPE
        columns = self._document.metrics.columns
        return Zone.MARGIN if point.x() < columns.text - GUTTER // 2 else Zone.WORDS

    def links_at(self, point: QPoint) -> list[LinkMark]:
        """The links that begin or end beside a point."""
        return [end.link for end in self._link_ends(point)]

    def _link_ends(self, point: QPoint) -> list[End]:
        first = self._document.paragraph_at_y(self._scroll)
        last = self._document.paragraph_at_y(self._scroll + self.viewport().height())
        return self._arcs.at(first, last, QPointF(self._to_page(point)))

    def linked_from(self, point: QPoint) -> str:
        """The guid of the coding at the other end of the link beside a point, or empty."""
        for end in self._link_ends(point):
            leaves = end.link.origin == end.coding.guid
            return end.link.target if leaves else end.link.origin
        return ""

    def draw_link(self, start: QPoint | None, end: QPoint | None) -> None:
        """Show a link that is being drawn from one point to another; None when no more."""
        drawn = None
        if start is not None and end is not None:
            drawn = QPointF(self._to_page(start)), QPointF(self._to_page(end))
        self._scene.drawn_link = drawn
        self.viewport().update()

    def scroll_lanes(self, step: int) -> None:
        """Move the lanes sideways, when there are more than fit."""
        self._stripes.first_lane = max(0, self._stripes.first_lane + step)
        self.viewport().update()

    def over_words(self, point: QPoint) -> bool:
        """Whether a point lies on the selected words."""
        page = QPointF(point)
        start, end = self.selection()
        visible = self.visible_range()
        first, last = max(start, visible[0]), min(end, visible[1])
        return any(rect.contains(page) for rect in self.rect_of(first, last))

    def hover(self, point: QPoint) -> None:
        """Let the coding under the pointer stand out from the others."""
        if not self.viewport().rect().contains(point):
            self._set_hovered("")
            return
        found = self.coding_under(point)
        self._set_hovered(found)
        if self._document.metrics.posts:
            self._show_answered(point)
        shape = Qt.CursorShape.IBeamCursor
        if self.over_lanes(point):
            shape = Qt.CursorShape.ArrowCursor
            self._name_stripe(point, found)
        elif self.handle_at(point) is not None:
            shape = Qt.CursorShape.SplitHCursor
        elif self.links_at(point):
            shape = Qt.CursorShape.PointingHandCursor
            self._name_links(point)
        self.viewport().setCursor(shape)

    def _show_answered(self, point: QPoint) -> None:
        """Light up the post that is answered while the pointer is on the arrow."""
        document, page = self._document, self._to_page(point)
        number = document.paragraph_at_y(page.y())
        unit, parent = document.unit_of(number), -1
        left = document.text_left(number)
        on_arrow = left <= point.x() < left + ARROW and page.y() < document.text_top(number)
        if unit is not None and document.paragraphs[number].first and on_arrow:
            parent = document.index_of_unit(unit.parent)
        if parent != self._scene.pointed_unit:
            self._point_at_unit(parent)
            words = document.words_of_unit(parent) if parent >= 0 else ""
            QToolTip.showText(self.viewport().mapToGlobal(point), words, self)

    def _name_links(self, point: QPoint) -> None:
        words = "\n".join(link.words for link in self.links_at(point))
        QToolTip.showText(self.viewport().mapToGlobal(point), words, self)

    def _set_hovered(self, guid: str) -> None:
        hovered = frozenset({guid} if guid else ())
        if hovered != self._scene.hovered:
            self._scene.hovered = hovered
            self.viewport().update()

    def _name_stripe(self, point: QPoint, guid: str) -> None:
        coding = self._scene.index.get(guid) if guid else None
        if coding is None:
            self._name_hidden(point)
            return
        look = self._scene.look(coding.code)
        QToolTip.showText(self.viewport().mapToGlobal(point), look.path or look.name, self)

    def _name_hidden(self, point: QPoint) -> None:
        """Say how many stripes here are out of sight, and how they are reached."""
        number = self._document.paragraph_at_y(self._to_page(point).y())
        hidden = self._stripes.out_of_sight(number)
        if not hidden:
            QToolTip.hideText()
            return
        words = ntr("{n} more stripe here.", "{n} more stripes here.", hidden)
        how = tr("Turn the wheel here with Shift held.")
        QToolTip.showText(self.viewport().mapToGlobal(point), f"{words} {how}", self)

    def handle_at(self, point: QPoint) -> Edge | None:
        """The handle of the coding around the caret that is near a point; None elsewhere."""
        active = self._scene.active()
        if active is None or not self._scene.mode.highlights:
            return None
        page = QPointF(self._to_page(point))
        rects = handle_rects(self._scene, active.start, active.end)
        for edge, rect in zip(Edge, rects, strict=True):
            if _grab_area(rect).contains(page):
                return edge
        return None

    def preview_boundary(self, coding: Coding, start: int, end: int) -> None:
        """Show a coding as if it began and ended here, until it is replaced or shown again."""
        if self._scene.index.get(coding.guid) is not None:
            self.replace_coding(replace(coding, start=start, end=end))

    def light_unit(self, position: int | None) -> None:
        """Light up the unit at a position, as the place where something will fall."""
        unit = -1
        if position is not None:
            unit = self._document.paragraphs[self._document.paragraph_at(position)].unit
        self._point_at_unit(unit)

    def _point_at_unit(self, unit: int) -> None:
        if unit != self._scene.pointed_unit:
            self._scene.pointed_unit = unit
            self.viewport().update()


def _grab_area(handle: QRectF) -> QRectF:
    return handle.adjusted(-GRAB + 1, 0, GRAB - 1, 0)
