"""What assistive technology reads: the text, the caret, the selection and the codings there.

Offsets in these interfaces are UTF-16 units of the whole text; they are converted here.
"""

from functools import cache
from typing import TYPE_CHECKING, cast
from weakref import proxy

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import VoidPtr

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.positions import Positions
from qualcoder_sm.ui.reading.paragraphs import displayable

if TYPE_CHECKING:
    from qualcoder_sm.ui.reading.view import ReadingView


NOTHING = VoidPtr(0)
"""No interface of this kind. PySide crashes where None is returned in its place."""


class ReadingText(QAccessibleTextInterface):
    """The text of a reading view. Made anew by its owner when another source is shown."""

    def __init__(self, view: "ReadingView") -> None:
        super().__init__()
        self._view = proxy(view)
        self._source = ""
        self._words = ""
        self._positions = Positions("")

    def _follow(self) -> Positions:
        """The positions of the text now shown."""
        words = self._view.text()
        if words is not self._source:
            self._source, self._words = words, displayable(words)
            self._positions = Positions(words)
        return self._positions

    def characterCount(self) -> int:
        """The length of the text."""
        return self._follow().to_qt(len(self._source))

    def text(self, startOffset: int, endOffset: int) -> str:  # noqa: N803 Qt's names
        """A part of the text."""
        positions = self._follow()
        return self._words[positions.from_qt(startOffset) : positions.from_qt(endOffset)]

    def cursorPosition(self) -> int:
        """Where the caret stands."""
        return self._follow().to_qt(self._view.caret())

    def setCursorPosition(self, position: int) -> None:
        """Put the caret there."""
        self._view.place(self._view.motion.snapped(self._follow().from_qt(position)))

    def selectionCount(self) -> int:
        """None: PySide cannot hand out where a selection lies, and says nonsense instead.

        The description tells of the selection's codings.
        """
        return 0

    def addSelection(self, startOffset: int, endOffset: int) -> None:  # noqa: N803 Qt's names
        """Select this part."""
        positions = self._follow()
        self._view.select(positions.from_qt(startOffset), positions.from_qt(endOffset))

    def setSelection(
        self,
        selectionIndex: int,  # noqa: N803 Qt's names
        startOffset: int,  # noqa: N803
        endOffset: int,  # noqa: N803
    ) -> None:
        """Select this part instead."""
        self.addSelection(startOffset, endOffset)

    def removeSelection(self, selectionIndex: int) -> None:  # noqa: N803 Qt's names
        """Select nothing."""
        self._view.place(self._view.caret())

    def scrollToSubstring(self, startIndex: int, endIndex: int) -> None:  # noqa: N803 Qt's names
        """Bring a part into sight."""
        self._view.reveal(self._follow().from_qt(endIndex))
        self._view.reveal(self._follow().from_qt(startIndex))

    def characterRect(self, offset: int) -> QRect:
        """Where a character stands on the screen."""
        start = self._view.motion.snapped(self._follow().from_qt(offset))
        rects = self._view.rect_of(start, self._view.motion.after(start))
        place = rects[0].toAlignedRect() if rects else QRect()
        return QRect(self._view.viewport().mapToGlobal(place.topLeft()), place.size())

    def offsetAtPoint(self, point: QPoint) -> int:
        """The character at a point of the screen."""
        inside = self._view.viewport().mapFromGlobal(point)
        return self._follow().to_qt(self._view.position_at(inside))


class AccessibleReading(QAccessibleWidget):
    """A reading view, as assistive technology sees it."""

    def __init__(self, view: "ReadingView") -> None:
        super().__init__(view, QAccessible.Role.EditableText)
        self._view = proxy(view)
        self._text = ReadingText(view)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # pyright: ignore[reportIncompatibleMethodOverride] the stub says int
        """Offer the text."""
        if kind == QAccessible.InterfaceType.TextInterface:
            return self._text
        found = cast("object", super().interface_cast(kind))
        return NOTHING if found is None else found

    def caret_offset(self) -> int:
        """Where the caret stands, in UTF-16 units."""
        return self._text.cursorPosition()

    def state(self) -> QAccessible.State:
        """The text may be read and not changed."""
        state = super().state()
        state.readOnly = True  # pyright: ignore[reportAttributeAccessIssue] a bit field
        state.multiLine = True  # pyright: ignore[reportAttributeAccessIssue]
        state.selectableText = True  # pyright: ignore[reportAttributeAccessIssue]
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """The name; the paragraph at the caret as value; its page and codings as description."""
        if kind == QAccessible.Text.Description:
            return _described(self._view)
        if kind == QAccessible.Text.Value:
            start, end = self._view.motion.unit_at(self._view.caret())
            return self._view.motion.shown_text(start, end)
        return super().text(kind)


def _described(view: "ReadingView") -> str:
    """The page that the unit at the caret begins on, if it has pages, and the codings there."""
    unit = view.unit_at(view.caret())
    codings = codings_in_words(view)
    if unit is None or unit.page is None:
        return codings
    return tr("Page {page}. {codings}", page=unit.page, codings=codings)


def codings_in_words(view: "ReadingView") -> str:
    """Which codes stand at the caret or in the selection."""
    start, end = view.selection()
    codings = view.codings_at(start) if start == end else view.codings_in(start, end)
    names = dict.fromkeys(view.code_name(coding) for coding in codings)
    if not names:
        return tr("Not coded.")
    return tr("Coded {codes}.", codes=", ".join(names))


def announce_codings(view: "ReadingView") -> None:
    """Let assistive technology speak the codes at the caret."""
    message = codings_in_words(view)
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, message))


def caret_moved(view: "ReadingView") -> None:
    """Tell assistive technology, when there is any, where the caret is."""
    if not QAccessible.isActive():
        return
    event = QAccessibleTextCursorEvent(view, view.made_accessible().caret_offset())
    QAccessible.updateAccessibility(event)


@cache
def install() -> None:
    """Let Qt ask here for the accessible side of reading views. Once is enough."""
    QAccessible.installFactory(_made_for)


def _made_for(key: str, widget: QObject) -> QAccessibleInterface | None:
    make = getattr(widget, "made_accessible", None)
    return make() if make is not None else None
