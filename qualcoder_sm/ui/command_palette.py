"""All actions in one list: type a few letters, press Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.actions import Command
from qualcoder_sm.ui.geometry import resize_within_screen
from qualcoder_sm.ui.widgets import column, key_cap, label, row

_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class CommandPalette(QDialog):
    """The actions that can be taken now; Enter takes the current one and closes."""

    def __init__(self, parent: QWidget, commands: Sequence[Command]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("All actions"))
        self.setProperty("popup", True)
        self._commands = [one for one in commands if one.isEnabled() and one.row.method]
        self._shown: list[Command] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("What do you want to do"))
        self.field.setAccessibleName(tr("Find an action"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._filter)
        self.list = QListWidget()
        self.list.setProperty("pop", "lines")
        self.list.setAccessibleName(tr("Actions"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._take)
        self.setLayout(column(self.field, 8, self.list, margins=(12, 12, 12, 8)))
        resize_within_screen(self, 560, 420)
        self._filter("")

    def open_over(self, window: QWidget) -> None:
        """Show in the upper middle of a window."""
        place = window.mapToGlobal(window.rect().topLeft())
        self.move(place.x() + (window.width() - self.width()) // 2, place.y() + 90)
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter of the field belong to the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _MOVES:
                at = self.list.currentRow() + _MOVES[key]
                self.list.setCurrentRow(min(max(at, 0), self.list.count() - 1))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        self._shown = [
            one
            for one in self._commands
            if all(word in f"{one.menu_title} {one.words}".casefold() for word in words)
        ]
        self.list.clear()
        for command in self._shown:
            self._add(command)
        if not self._shown:
            nothing = QListWidgetItem(tr("No action matches “{words}”.", words=text.strip()))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(0)

    def _add(self, command: Command) -> None:
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{command.words}, {command.keys}")
        line = QWidget()
        keys = [key_cap(command.keys)] if command.keys else []
        menu = label(command.menu_title, "muted")
        menu.setFixedWidth(76)
        line.setLayout(row(menu, 4, label(command.words), 0, *keys, margins=(10, 4, 10, 4)))
        item.setSizeHint(line.sizeHint())
        self.list.addItem(item)
        self.list.setItemWidget(item, line)

    def _take(self) -> None:
        at = self.list.currentRow()
        chosen = self._shown[at] if 0 <= at < len(self._shown) else None
        self.close()
        if chosen:
            chosen.trigger()
