"""The mouse of the reading view: selecting, drawing boundaries, hovering, drag and drop."""

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDropEvent,
    QGuiApplication,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication

from qualcoder_sm.model import Coding
from qualcoder_sm.ui.reading.content import (
    CODE_MIME,
    SELECTION_MIME,
    ApplyRequest,
    BoundaryRequest,
    ContextRequest,
    Edge,
    LinkRequest,
    Zone,
)
from qualcoder_sm.ui.reading.motion import Span

if TYPE_CHECKING:
    from qualcoder_sm.ui.reading.view import ReadingView

AUTOSCROLL = 30
STILL = 4
"""So many pixels a hand moves that only means to press."""
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


class Doing(Enum):
    """What the pressed button is about."""

    NOTHING, SELECTING, WORDS, UNITS, START, END, MAYBE_DRAG, LINK = range(8)


class Pointer(QObject):
    """Turns mouse events into selections and requests.

    What is dragged, a selection or an end of a coding, takes whole words; with Alt, characters.
    """

    def __init__(self, view: "ReadingView") -> None:
        super().__init__(view)
        self._view = view
        self._doing = Doing.NOTHING
        self._pressed = QPoint()
        self._last = QPoint()
        self._origin: Span = (0, 0)
        self._by_character = False
        self._grabbed: Coding | None = None
        self._linked = ""
        self._again = QTimer(self, singleShot=True)
        self._double_at = QPoint()
        self._scrolling = QTimer(self, interval=AUTOSCROLL)
        self._scrolling.timeout.connect(self._autoscroll)

    # Press, move, release

    def press(self, event: QMouseEvent) -> None:
        """Begin to select, to draw a boundary or to drag."""
        if event.button() is not LEFT:
            return
        point = event.position().toPoint()
        self._pressed = self._last = point
        self._by_character = bool(event.modifiers() & ALT)
        view = self._view
        view.dismiss_bar()
        if self._again.isActive() and (point - self._double_at).manhattanLength() < 8:
            self._select_unit(point)
            return
        if self._press_beside(point):
            return
        position = view.position_at(point)
        start, end = view.selection()
        if event.modifiers() & SHIFT:
            self._doing = Doing.SELECTING
            view.move_quietly(position, view.anchor())
        elif start <= position < end and view.over_words(point) and not self._by_character:
            self._doing = Doing.MAYBE_DRAG
        else:
            self._doing = Doing.SELECTING
            view.move_quietly(position, position)
        self._origin = (view.anchor(), view.caret())
        view.forget_goal()

    def _press_beside(self, point: QPoint) -> bool:
        """Take what is no words: a handle, a link, or a stripe, from which a link may be drawn."""
        view = self._view
        edge, linked = view.handle_at(point), view.linked_from(point)
        stripe = view.coding_under(point) if view.over_lanes(point) else ""
        if edge is not None:
            self._grab(edge)
        elif linked:
            view.linkFollowed.emit(linked)
        elif stripe:
            self._doing, self._linked = Doing.LINK, stripe
        return edge is not None or linked != "" or stripe != ""

    def _grab(self, edge: Edge) -> None:
        self._grabbed = self._view.active_coding()
        self._doing = Doing.START if edge is Edge.START else Doing.END

    def _select_unit(self, point: QPoint) -> None:
        self._doing = Doing.UNITS
        self._origin = self._view.motion.unit_at(self._view.position_at(point))
        self._view.move_quietly(self._origin[1], self._origin[0])

    def double_click(self, event: QMouseEvent) -> None:
        """Select a word; a third press soon after selects the turn, post or paragraph."""
        if event.button() is not LEFT:
            return
        self._doing = Doing.WORDS
        self._double_at = self._pressed = self._last = event.position().toPoint()
        self._again.start(QGuiApplication.styleHints().mouseDoubleClickInterval())
        self._origin = self._view.motion.word_at(self._view.position_at(self._double_at))
        self._view.move_quietly(self._origin[1], self._origin[0])

    def move(self, event: QMouseEvent) -> None:
        """Go on with what the press began, or look at what is under the pointer."""
        point = event.position().toPoint()
        if not event.buttons() & LEFT or self._doing is Doing.NOTHING:
            self._view.hover(point)
            return
        self._last = point
        self._by_character |= bool(event.modifiers() & ALT)
        if self._doing is Doing.MAYBE_DRAG:
            far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if far:
                self._drag_out()
            return
        if self._doing is Doing.LINK:
            self._view.draw_link(self._pressed, point)
            return
        outside = not 0 <= point.y() < self._view.viewport().height()
        if outside and not self._scrolling.isActive():
            self._scrolling.start()
        self._follow()

    def _follow(self) -> None:
        view = self._view
        height = view.viewport().height()
        inside = QPoint(self._last.x(), min(max(0, self._last.y()), height - 1))
        if self._doing in (Doing.START, Doing.END):
            self._draw_boundary(inside)
        elif self._doing is Doing.SELECTING:
            self._extend(view.position_towards(inside, self._origin[0]))
        else:
            self._extend_pieces(view.position_at(inside))

    def _extend(self, position: int) -> None:
        """Select from where the drag began to here: whole words, without white space at the ends."""
        view, begun = self._view, self._origin[0]
        if self._by_character:
            view.move_quietly(position, begun)
            return
        if (self._last - self._pressed).manhattanLength() < STILL:
            view.move_quietly(self._origin[1], begun)
            return
        start, end = view.motion.whole_words(min(begun, position), max(begun, position))
        if start == end:
            view.move_quietly(position, position)
        elif position < begun:
            view.move_quietly(start, end)
        else:
            view.move_quietly(end, start)

    def _extend_pieces(self, position: int) -> None:
        motion = self._view.motion
        around = motion.word_at if self._doing is Doing.WORDS else motion.unit_at
        start, end = around(position)
        if start == end:
            start = end = position
        if position < self._origin[0]:
            self._view.move_quietly(start, self._origin[1])
        else:
            self._view.move_quietly(max(end, self._origin[1]), self._origin[0])

    def _draw_boundary(self, point: QPoint) -> None:
        coding = self._grabbed
        if coding is None:
            return
        start, end = self._bounds(coding, point)
        self._view.preview_boundary(coding, start, end)

    def _bounds(self, coding: Coding, point: QPoint) -> Span:
        """Where a coding begins and ends when the handle that is held is dragged to a point."""
        view, motion = self._view, self._view.motion
        if self._doing is Doing.START:
            position = view.position_towards(point, coding.end)
            start = min(position, motion.before(coding.end))
            whole = motion.whole_words(start, coding.end)
            snaps = not self._by_character and whole[0] < coding.end
            return whole[0] if snaps else start, coding.end
        position = view.position_towards(point, coding.start)
        end = max(position, motion.after(coding.start))
        whole = motion.whole_words(coding.start, end)
        snaps = not self._by_character and whole[1] > coding.start
        return coding.start, whole[1] if snaps else end

    def release(self, event: QMouseEvent) -> None:
        """End the selection or the drawing of a boundary."""
        if event.button() is not LEFT:
            return
        doing, self._doing = self._doing, Doing.NOTHING
        self._scrolling.stop()
        view = self._view
        point = event.position().toPoint()
        if doing in (Doing.START, Doing.END):
            self._let_go(doing, point)
        elif doing is Doing.MAYBE_DRAG:
            position = view.position_at(point)
            view.move_quietly(position, position)
        elif doing is Doing.LINK:
            self._end_link(point)
            return
        start, end = view.selection()
        if doing is not Doing.NOTHING and start != end:
            view.offer_bar()
        elif doing is Doing.SELECTING:
            found = view.coding_under(point)
            if found:
                view.activate(found)

    def _end_link(self, point: QPoint) -> None:
        """Ask for the link that was drawn; a press that stayed where it was chooses the coding."""
        view, origin = self._view, self._linked
        view.draw_link(None, None)
        target = view.coding_under(point)
        if target and target != origin:
            view.linkDrawn.emit(LinkRequest(origin, target))
        elif target == origin:
            position = view.position_at(point)
            view.move_quietly(position, position)
            view.activate(origin)

    def _let_go(self, doing: Doing, point: QPoint) -> None:
        view, coding = self._view, self._grabbed
        self._grabbed = None
        if coding is None:
            return
        self._doing = doing
        start, end = self._bounds(coding, point)
        self._doing = Doing.NOTHING
        view.preview_boundary(coding, coding.start, coding.end)
        if (start, end) != (coding.start, coding.end):
            view.boundaryRequested.emit(BoundaryRequest(coding.guid, start, end))

    def _autoscroll(self) -> None:
        view, y = self._view, self._last.y()
        height = view.viewport().height()
        over = y if y < 0 else y - height if y >= height else 0
        if not over or self._doing is Doing.NOTHING:
            self._scrolling.stop()
            return
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + max(-60, min(60, over // 2 or over)))
        self._follow()

    def menu(self, event: QContextMenuEvent) -> None:
        """Ask for a menu about what lies under the pointer, or at the caret for the menu key."""
        view = self._view
        start, end = view.selection()
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        if not by_mouse:
            view.reveal(view.caret())
        position = view.position_at(event.pos()) if by_mouse else view.caret()
        if by_mouse and not start <= position <= end:
            view.move_quietly(position, position)
            start = end = position
        zone = view.zone_at(event.pos()) if by_mouse else Zone.WORDS
        codings = tuple(coding.guid for coding in view.codings_at(position))
        if zone is Zone.STRIPE:
            codings = (view.coding_under(event.pos()),)
        place = event.globalPos() if by_mouse else view.caret_on_screen()
        request = ContextRequest(place, position, codings, start, end, zone)
        view.contextMenuRequested.emit(request)

    def wheel(self, event: QWheelEvent) -> bool:
        """Ctrl and the wheel ask for another size, sideways moves the lanes; True when used."""
        if event.modifiers() & CTRL:
            self._view.zoomRequested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return True
        sideways = event.angleDelta().x() or (
            event.angleDelta().y() if event.modifiers() & SHIFT else 0
        )
        if sideways and self._view.over_lanes(event.position().toPoint()):
            self._view.scroll_lanes(-1 if sideways > 0 else 1)
            event.accept()
            return True
        return False

    # Drag and drop

    def _drag_out(self) -> None:
        self._doing = Doing.NOTHING
        start, end = self._view.words()
        data = QMimeData()
        data.setText(self._view.selected_text())
        passage = f"{self._view.source()} {start} {end}"
        data.setData(SELECTION_MIME, QByteArray(passage.encode()))
        drag = QDrag(self._view)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)

    def drag_enter(self, event: QDropEvent) -> None:
        """Take codes and nothing else."""
        if event.mimeData().hasFormat(CODE_MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def drag_move(self, event: QDropEvent) -> None:
        """Light up the unit that a code would fall on."""
        if not event.mimeData().hasFormat(CODE_MIME):
            event.ignore()
            return
        point = event.position().toPoint()
        if not self._on_selection(point):
            self._view.light_unit(self._view.position_at(point))
        event.acceptProposedAction()

    def drag_leave(self) -> None:
        """Nothing is lit any more."""
        self._view.light_unit(None)

    def _on_selection(self, point: QPoint) -> bool:
        start, end = self._view.selection()
        page = QPointF(point)
        return any(rect.contains(page) for rect in self._view.rect_of(start, end))

    def drop(self, event: QDropEvent) -> None:
        """Ask for the code on the selection if it fell there, on the unit otherwise."""
        view, point = self._view, event.position().toPoint()
        view.light_unit(None)
        if not event.mimeData().hasFormat(CODE_MIME):
            return
        code = bytes(event.mimeData().data(CODE_MIME).data()).decode()
        on_selection = self._on_selection(point)
        span = view.selection() if on_selection else view.motion.unit_at(view.position_at(point))
        event.acceptProposedAction()
        view.move_quietly(span[1], span[0])  # what is coded now is what keys are about
        view.codeDropped.emit(ApplyRequest(code, *view.words()))
