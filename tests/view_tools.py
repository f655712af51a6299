"""The mouse on a reading view: points of characters, and dragging from one to another."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from qualcoder_sm.ui.reading import ReadingView

LEFT = Qt.MouseButton.LeftButton
PLAIN, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier


def before(view: ReadingView, position: int) -> QPoint:
    """A point of the viewport just within the character that follows a position."""
    rect = view.rect_of(position, position + 1)[0]
    return QPoint(round(rect.left()) + 1, round(rect.center().y()))


def drag(view: ReadingView, start: QPoint, end: QPoint, held: Qt.KeyboardModifier = PLAIN) -> None:
    """Press at one point, where nothing is selected, move to another, let go."""
    port = view.viewport()
    view.move_quietly(view.caret(), view.caret())
    QTest.mousePress(port, LEFT, held, start)
    QTest.mouseMove(port, (start + end) / 2)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, LEFT, held, end)


def drag_over(view: ReadingView, start: int, end: int, held: Qt.KeyboardModifier = PLAIN) -> str:
    """Drag from a position to another; what is selected then."""
    drag(view, before(view, start), before(view, end), held)
    return view.selected_text()
