"""The menu key and Shift+F10: the menu of what has the keyboard, at its caret or current row."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

BY_KEYBOARD = QContextMenuEvent.Reason.Keyboard
INTO_ROW = 24
"""How far into its row the menu of a list opens, in pixels."""


def open_menu(widget: QWidget) -> None:
    """Open the menu of a widget as if it had been asked for at its caret or current row."""
    if QApplication.activePopupWidget() is not None:
        return
    target, point = _place(widget)
    QApplication.sendEvent(target, QContextMenuEvent(BY_KEYBOARD, point, target.mapToGlobal(point)))


def redirected(view: QAbstractItemView, event: QEvent) -> bool:
    """Whether an event was the system's wish for a menu by keyboard, which knows nothing of rows."""
    asked = isinstance(event, QContextMenuEvent) and event.reason() is BY_KEYBOARD
    if asked:
        open_menu(view)
    return asked


def _place(widget: QWidget) -> tuple[QWidget, QPoint]:
    if not isinstance(widget, QAbstractItemView):
        caret = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        return widget, caret.center() if isinstance(caret, QRect) else widget.rect().center()
    current = widget.currentIndex()
    widget.scrollTo(current)
    row = widget.visualRect(current).intersected(widget.viewport().rect())
    return widget.viewport(), QPoint(min(row.left() + INTO_ROW, row.right()), row.center().y())
