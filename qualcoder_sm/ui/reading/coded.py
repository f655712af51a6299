"""Codings on the page: which are shown, which is pointed at, and where they may be drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtWidgets import QToolTip, QWidget

from qualcoder_sm.model import Coding, Unit
from qualcoder_sm.ui.reading.caret import CaretSurface
from qualcoder_sm.ui.reading.content import CodeLook, Edge, Mode, Numbers
from qualcoder_sm.ui.reading.painter import handle_rects
from qualcoder_sm.ui.reading.scene import Coders, Hit

FLASH = 200
GRAB, ARROW = 12, 60


class CodedSurface(CaretSurface):
    """A page whose codings can be changed one by one, at a cost that does not grow with them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flash_over = QTimer(self, singleShot=True, interval=FLASH)
        self._flash_over.timeout.connect(self._end_flash)

    # What is shown

    def set_codes(self, codes: Mapping[str, CodeLook]) -> None:
        """The names and colours of all codes, by guid."""
        self._scene.looks = codes
        self._scene.forget_all_plans()
        self._minimap.reload()
        self.viewport().update()

    def set_codings(self, codings: Iterable[Coding]) -> None:
        """All codings of the source shown."""
        self._scene.index.fill(codings)
        self._codings_changed()

    def add_coding(self, coding: Coding) -> None:
        """A coding was made."""
        self._touch(coding, self._scene.index.add(coding))

    def remove_coding(self, guid: str) -> None:
        """A coding was removed; nothing happens when it is not here."""
        coding = self._scene.index.get(guid)
        if coding is not None:
            self._touch(coding, self._scene.index.remove(guid))

    def replace_coding(self, coding: Coding) -> None:
        """A coding got other boundaries, another code or other marks."""
        before = self._scene.index.get(coding.guid)
        if before is None or not _near(before, coding):
            self.remove_coding(coding.guid)
            self.add_coding(coding)
            return
        old, new = self._scene.index.remove(coding.guid), self._scene.index.add(coding)
        both = replace(
            coding, start=min(before.start, coding.start), end=max(before.end, coding.end)
        )
        self._touch(both, range(min(old.start, new.start), max(old.stop, new.stop)))

    def set_coders(
        self, own: str, initials: Mapping[str, str], shown: Iterable[str] | None = None
    ) -> None:
        """Who codes here, everybody's initials, and whose codings are shown beside one's own.

        `shown` None shows everybody's.
        """
        visible = None if shown is None else frozenset(shown)
        self._scene.coders = Coders(own, dict(initials), visible)
        self._codings_changed()

    def set_filter(self, codes: Iterable[str] | None) -> None:
        """Show only codings with these codes; None shows all."""
        wanted = None if codes is None else frozenset(codes)
        if wanted != self._scene.filter:
            self._scene.filter = wanted
            self._codings_changed()

    def set_marked(self, codes: Iterable[str] | None) -> None:
        """Let these codes stand out in the overview; None makes all equal."""
        marked = None if codes is None else frozenset(codes)
        if marked != self._scene.marked:
            self._scene.marked = marked
            self._minimap.reload()

    def set_numbers(self, numbers: Numbers) -> None:
        """Show the numbers of units or lines in the margin, or none."""
        if numbers is not self._scene.numbers:
            self._scene.numbers = numbers
            self.viewport().update()

    def set_search_hits(
        self, hits: Sequence[tuple[int, int]], current: tuple[int, int] | None = None
    ) -> None:
        """Mark these spans, sorted and apart, as found; one of them as the current one."""
        self._scene.hits = [Hit(start, end) for start, end in hits]
        self._scene.current_hit = Hit(*current) if current else None
        self.viewport().update()
        self._minimap.hits_changed()

    def set_mode(self, mode: Mode) -> None:
        """Show codings in this way."""
        self._scene.mode = mode
        self._minimap.reload()
        self.viewport().update()

    def mode(self) -> Mode:
        """How codings are shown."""
        return self._scene.mode

    def flash(self, guid: str) -> None:
        """Let the outline of a coding light up once."""
        coding = self._scene.index.get(guid)
        if coding is not None:
            self._scene.flashed = guid
            self._update_span(coding.start, coding.end)
            self._flash_over.start()

    def _end_flash(self) -> None:
        self._scene.flashed = ""
        self.viewport().update()

    def _touch(self, coding: Coding, blocks: range) -> None:
        """Repaint what one coding concerns: its words, and the stripes that make room."""
        numbers = self._scene.forget_plans(coding.start, coding.end)
        moved = self._stripes.rearranged(numbers, blocks, self._blocks_in_sight(blocks))
        self._update_paragraphs(numbers)
        self._update_stripes(numbers)
        if moved:
            self._update_stripes(moved)
        self._minimap.blocks_changed(blocks)

    def _codings_changed(self) -> None:
        self._scene.forget_all_plans()
        self._stripes.forget_all()
        self._minimap.reload()
        self.viewport().update()

    # Where things are

    def source(self) -> str:
        """The guid of the source shown."""
        return self._document.content.guid

    def text(self) -> str:
        """The text of the source shown, as stored."""
        return self._document.content.text

    def code_name(self, coding: Coding) -> str:
        """The name of a coding's code."""
        return self._scene.look(coding.code).name

    def codings_at(self, position: int) -> list[Coding]:
        """The shown codings around a position, the shortest first."""
        return self._scene.index.covering(position, self._scene.shown)

    def codings_around(self) -> tuple[Coding, ...]:
        """One's own shown codings around the caret or the whole selection, the shortest first."""
        return self._scene.around()

    def codings_in(self, start: int, end: int) -> list[Coding]:
        """The shown codings that share a character with a span, in reading order."""
        return self._scene.index.overlapping(start, max(end, start + 1), self._scene.shown)

    def unit_at(self, position: int) -> Unit | None:
        """The turn or post at a position; None outside of them."""
        return self._document.unit_of(self._document.paragraph_at(position))

    def next_uncoded_unit(self, position: int) -> int | None:
        """Where the next unit begins that holds words and none of one's own codings."""
        document, scene = self._document, self._scene
        here = document.paragraphs[document.paragraph_at(position)].unit
        for number in range(document.paragraph_at(position) + 1, len(document.paragraphs)):
            paragraph = document.paragraphs[number]
            unit = document.unit_of(number)
            if not paragraph.first or unit is None or paragraph.unit == here:
                continue
            if unit.start < unit.end and not unit.interviewer:
                own = scene.index.overlapping(unit.start, unit.end, scene.own_and_shown)
                if not own:
                    return paragraph.start
        return None

    def go_to_coding(self, *, forward: bool) -> bool:
        """Put the caret at the next or previous shown coding; False when there is none."""
        index, caret = self._scene.index, self.selection()[0]
        step = index.next_start if forward else index.previous_start
        coding = step(caret, self._scene.shown)
        if coding is not None:
            start = self.motion.snapped(coding.start)
            self.jump_to(start, start)
        return coding is not None

    # Under the pointer

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

    def _set_hovered(self, guid: str) -> None:
        hovered = frozenset({guid} if guid else ())
        if hovered != self._scene.hovered:
            self._scene.hovered = hovered
            self.viewport().update()

    def _name_stripe(self, point: QPoint, guid: str) -> None:
        coding = self._scene.index.get(guid) if guid else None
        if coding is None:
            QToolTip.hideText()
            return
        look = self._scene.look(coding.code)
        QToolTip.showText(self.viewport().mapToGlobal(point), look.path or look.name, self)

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


def _near(one: Coding, other: Coding) -> bool:
    return one.start <= other.end and other.start <= one.end


def _grab_area(handle: QRectF) -> QRectF:
    return handle.adjusted(-GRAB + 1, 0, GRAB - 1, 0)
