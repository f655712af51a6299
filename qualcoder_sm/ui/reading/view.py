"""The reading view: what the window tells it, and what it asks for."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Coding
from qualcoder_sm.ui.reading import accessible
from qualcoder_sm.ui.reading.accessible import AccessibleReading
from qualcoder_sm.ui.reading.content import (
    ApplyRequest,
    FavouriteRequest,
    Missing,
    SourceContent,
    SpanRequest,
)
from qualcoder_sm.ui.reading.keys import Keys
from qualcoder_sm.ui.reading.pointed import PointedSurface
from qualcoder_sm.ui.reading.pointer import Pointer
from qualcoder_sm.ui.reading.selection_bar import SelectionBar, Suggestion

SuggestionProvider = Callable[[int, int], Sequence[Suggestion]]


class ReadingView(PointedSurface):
    """Shows one source with its codings, and turns keys and mouse into requests.

    The view knows values only. It never changes a coding itself: it emits a request, and the
    owner answers by `add_coding`, `remove_coding` or `replace_coding` after the commit.
    Positions are code points of the source's text.
    """

    codeRequested = Signal(object)
    """`ApplyRequest`: a likely code was chosen in the bar under the selection."""
    codeDropped = Signal(object)
    """`ApplyRequest`: a code was dropped on the selection, or on a unit."""
    favouriteRequested = Signal(object)
    """`FavouriteRequest`: a digit was pressed."""
    paletteRequested = Signal(object)
    """`SpanRequest`: Enter; choose a code for these words."""
    repeatRequested = Signal(object)
    """`SpanRequest`: the last code again."""
    inVivoRequested = Signal(object)
    """`SpanRequest`: a code named by these words."""
    doesNotFitRequested = Signal(object)
    """`SpanRequest`: into the bucket of what fits no code."""
    copied = Signal(object)
    """`SpanRequest`: these words were put on the clipboard."""
    memoRequested = Signal(object)
    """`SpanRequest`: a memo about these words or the coding around the caret."""
    removeRequested = Signal(object)
    """Tuple of guids: one's own codings in the selection or around the caret."""
    boundaryRequested = Signal(object)
    """`BoundaryRequest`: a coding shall begin or end elsewhere."""
    polarityRequested = Signal(object)
    """Guid of a coding: the next polarity."""
    followRequested = Signal(object)
    """Guid of a coding: on to the same code in the next source."""
    codingActivated = Signal(object)
    """Guid of the coding that was clicked."""
    contextMenuRequested = Signal(object)
    """`ContextRequest`."""
    modeChanged = Signal(object)
    """`Mode`: the researcher went on to another mode."""
    zoomRequested = Signal(object)
    """+1 or -1: Ctrl and the wheel."""
    missed = Signal(object)
    """`Missing`: what a key needs and does not find."""
    linkRequested = Signal(object)
    """Guid of a coding: a link shall begin or end here."""
    dismissed = Signal()
    """Esc: whatever was begun shall end."""
    linkDrawn = Signal(object)
    """`LinkRequest`: a line was drawn from one coding to another."""
    linkFollowed = Signal(object)
    """Guid of the coding at the other end of a link that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = Keys(self)
        self._pointer = Pointer(self)
        self._provider: SuggestionProvider | None = None
        self._bar_wanted = True
        self._bar = SelectionBar(self)
        self._bar.chosen.connect(self.request_code)
        self._bar.allCodesRequested.connect(self._palette_from_bar)
        self._bar.memoRequested.connect(self.request_memo)
        self._bar.dismissed.connect(self.put_bar_away)
        self._accessible: AccessibleReading | None = None
        self.setAcceptDrops(True)
        accessible.install()
        self.setAccessibleName(tr("Text"))

    # What is shown

    def show_source(self, content: SourceContent) -> None:
        """Show this source from its beginning, without codings."""
        self.dismiss_bar()
        self._show_document(content)
        self.setAccessibleName(content.title or tr("Text"))
        self._caret_was_set(quiet=True)

    def cycle_mode(self) -> None:
        """Go on to the next mode, and say so."""
        self.set_mode(self.mode().next())
        self.modeChanged.emit(self.mode())

    def set_suggestions(self, provider: SuggestionProvider | None) -> None:
        """Offer the codes that `provider(start, end)` finds likely in a bar under a selection.

        None switches the bar off.
        """
        self._provider = provider
        self.dismiss_bar()

    def set_single_keys(self, on: bool) -> None:
        """Whether single letters and digits act."""
        self._keys.single_keys = on

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Give acts these keys, by action; those not named keep their usual ones."""
        self._keys.set_keys(keys)

    def act(self, action: str) -> None:
        """Do what an action of the text is about, as its key would."""
        self._keys.act(action)

    # For assistive technology

    def made_accessible(self) -> AccessibleReading:
        """The accessible side of this view, kept for as long as the view lives."""
        if self._accessible is None:
            self._accessible = AccessibleReading(self)
        return self._accessible

    def announce_codings(self) -> None:
        """Let assistive technology speak the codes at the caret."""
        accessible.announce_codings(self)

    def _caret_was_set(self, *, quiet: bool = False) -> None:
        super()._caret_was_set(quiet=quiet)
        self._bar_wanted = True
        self.dismiss_bar()
        accessible.caret_moved(self)

    # The bar under a selection

    def offer_bar(self) -> None:
        """Show the likely codes beside a fresh selection."""
        start, end = self.words()
        if self._provider is None or start == end or not self._bar_wanted:
            return
        self._bar.offer(self._provider(start, end), self._theme)
        self._place_bar()

    def dismiss_bar(self) -> bool:
        """Hide the bar; whether it was there."""
        there = self._bar.isVisible()
        self._bar.hide()
        return there

    def put_bar_away(self) -> bool:
        """Hide the bar until other words are selected; whether it was there.

        The keyboard comes back to the text.
        """
        held = self._bar.isAncestorOf(QApplication.focusWidget() or self)
        self._bar_wanted = False
        there = self.dismiss_bar()
        if held:
            self.setFocus()
        return there

    def enter_bar(self) -> bool:
        """Give the keyboard to the bar; False when it is not there."""
        if self._bar.isVisible():
            self._bar.focusNextPrevChild(True)
        return self._bar.isVisible()

    def _place_bar(self) -> None:
        offset = self.viewport().pos()
        selection = self.selection_rect().translated(offset)
        after = self.line_below(self.words()[1]).translated(offset)
        self._bar.place(selection, after, self.caret_area().left(), self.viewport().geometry())

    def _palette_from_bar(self) -> None:
        self.request_span("paletteRequested")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar stays beside the selection."""
        super().resizeEvent(event)
        self._after_scroll()

    def _after_scroll(self) -> None:
        if self._bar.isVisible():
            self._place_bar()

    # Requests

    def request_span(self, signal_name: str) -> None:
        """Emit a request about the selected words, or say that there are none."""
        if self._has_words():
            getattr(self, signal_name).emit(SpanRequest(*self.words()))

    def request_memo(self) -> None:
        """Ask for a memo about the selection or the place of the caret."""
        self.memoRequested.emit(SpanRequest(*self.words()))

    def request_favourite(self, digit: int) -> None:
        """Ask for the code with this favourite key on the selected words."""
        if self._has_words():
            self.favouriteRequested.emit(FavouriteRequest(digit, *self.words()))

    def request_code(self, code: object) -> None:
        """Ask for this code (a guid) on the selected words."""
        if self._has_words():
            self.codeRequested.emit(ApplyRequest(str(code), *self.words()))

    def _has_words(self) -> bool:
        words = self.selected_text()
        if not words.strip():
            self.missed.emit(Missing.SPACE if words else Missing.WORDS)
        return bool(words.strip())

    def request_removal(self) -> None:
        """Ask to remove one's own codings in the selection or around the caret, the current first."""
        current = self.own_coding()
        if current is not None:
            others = [one.guid for one in self.codings_here() if self.is_own(one)]
            self.removeRequested.emit(tuple(dict.fromkeys([current.guid, *others])))

    def own_coding(self) -> Coding | None:
        """The current coding, to be changed; when it is not there, or not one's own, says so."""
        current = self.current_coding()
        if current is not None and self.is_own(current):
            return current
        self.missed.emit(Missing.OWN if current is None else Missing.THEIRS)
        return None

    def activate(self, guid: str) -> None:
        """A coding was pressed: it is the current one, and the caret stands in it."""
        coding = self.coding(guid)
        if coding is not None and guid not in {one.guid for one in self.codings_here()}:
            inside = min(max(self.caret(), coding.start), self.motion.before(coding.end))
            self.move_quietly(inside, inside)
        self.choose(guid)
        self.codingActivated.emit(guid)

    # Input

    def event(self, event: QEvent) -> bool:
        """Keys that act on the text come before shortcuts of the window."""
        if event.type() is QEvent.Type.ShortcutOverride and self._keys.claims(event):  # pyright: ignore[reportArgumentType] a key event
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Nothing is pointed at once the pointer has left."""
        if event.type() is QEvent.Type.Leave:
            self.hover(QPoint(-1, -1))
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, select and code by keys."""
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Offer likely codes once Shift is let go after selecting."""
        if event.key() == Qt.Key.Key_Shift and not event.isAutoRepeat():
            self.offer_bar()
        super().keyReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Place the caret, or begin to select or to drag."""
        self._pointer.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        self._pointer.double_click(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select on, draw a boundary, or look at what is under the pointer."""
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what the press began."""
        self._pointer.release(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu about what is here."""
        self._pointer.menu(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, ask for another size of type."""
        if not self._pointer.wheel(event):
            super().wheelEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take codes."""
        self._pointer.drag_enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show which unit a code would fall on."""
        self._pointer.drag_move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The code went elsewhere."""
        self._pointer.drag_leave()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the dropped code on the selection or the unit."""
        self._pointer.drop(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret, and the ring when the keyboard brought the focus."""
        super().focusInEvent(event)
        self._focus_came(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._focus_went()
