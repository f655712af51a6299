"""The keys of every action, to be changed: what it is called, what it answers to, what is in the way."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui import key_table
from qualcoder_sm.ui.actions import Command, usual_keys
from qualcoder_sm.ui.context import Preferences
from qualcoder_sm.ui.geometry import resize_within_screen
from qualcoder_sm.ui.widgets import button, column, label, row

_ACTION = Qt.ItemDataRole.UserRole


class KeyField(QKeySequenceEdit):
    """Takes the next keys that are pressed together."""

    pressed = Signal(object)
    """The keys, as they are kept; "" when they were taken away."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        self.setClearButtonEnabled(True)
        self.setAccessibleName(tr("New keys"))
        for line in self.findChildren(QLineEdit):
            line.setAccessibleName(tr("New keys"))
            line.setPlaceholderText(tr("Press the new keys"))
        self.keySequenceChanged.connect(self._tell)

    def _tell(self, keys: QKeySequence) -> None:
        portable = keys.toString(QKeySequence.SequenceFormat.PortableText)
        self.pressed.emit(key_table.spelled(portable))


class ShortcutsDialog(QDialog):
    """Everything acts at once; keys that another action has are named and can be taken over."""

    def __init__(
        self, parent: QWidget | None, preferences: Preferences, commands: Sequence[Command]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        resize_within_screen(self, 620, 620)
        self._preferences = preferences
        self._usual = usual_keys()
        self._commands = [one for one in commands if one.row.method]
        self._wanted = ""
        self.search = QLineEdit()
        self.table = QTableWidget(len(self._commands), 3)
        self.field = KeyField()
        self.said = label("", "muted", wrap=True)
        self.use, self.back = button(tr("Use these keys")), button(tr("Usual keys"))
        self.all_back = button(tr("All back to the usual keys"))
        self._build()
        self._connect()
        self._fill()
        self.table.selectRow(0)

    def _build(self) -> None:
        self.search.setPlaceholderText(tr("Find an action or a key"))
        self.search.setAccessibleName(tr("Find an action or a key"))
        table = self.table
        table.setAccessibleName(tr("Actions and their keys"))
        table.setHorizontalHeaderLabels([tr("Action"), tr("Menu"), tr("Keys")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        for part, mode in enumerate((QHeaderView.ResizeMode.Stretch,
                                     QHeaderView.ResizeMode.ResizeToContents,
                                     QHeaderView.ResizeMode.ResizeToContents)):  # fmt: skip
            table.horizontalHeader().setSectionResizeMode(part, mode)
        close = button(tr("Close"))
        close.clicked.connect(self.accept)
        self.setLayout(column(
            self.search, 8, table, 12, row(self.field, 8, self.use, 6, self.back, stretch=0), 6,
            self.said, 12, row(self.all_back, 0, close), margins=(20, 16, 16, 16), stretch=2,
        ))  # fmt: skip

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.table.itemSelectionChanged.connect(self._show_current)
        self.field.pressed.connect(self._weigh)
        self.use.clicked.connect(self._use)
        self.back.clicked.connect(self._back)
        self.all_back.clicked.connect(self._all_back)

    def choose(self, action: str) -> None:
        """Make an action the current one."""
        names = [one.row.key for one in self._commands]
        self.table.selectRow(names.index(action))

    def keys_of(self, action: str) -> str:
        """What an action answers to now."""
        return self._table()[action]

    def _table(self) -> dict[str, str]:
        return key_table.in_use(self._usual, self._preferences.settings.shortcuts)

    def _fill(self) -> None:
        keys = self._table()
        for number, command in enumerate(self._commands):
            now = keys[command.row.key]
            mark = "" if now == self._usual[command.row.key] else " •"
            words = (command.words, command.menu_title, key_table.shown(now) + mark)
            for part, text in enumerate(words):
                item = QTableWidgetItem(text)
                item.setData(_ACTION, command.row.key)
                self.table.setItem(number, part, item)

    def _filter(self, text: str) -> None:
        wanted = text.casefold()
        for number in range(self.table.rowCount()):
            cells = [self.table.item(number, part) for part in range(3)]
            words = " ".join(cell.text() for cell in cells if cell).casefold()
            self.table.setRowHidden(number, wanted not in words)

    def _current(self) -> str:
        return self._commands[max(0, self.table.currentRow())].row.key

    def _show_current(self) -> None:
        self.field.clear()
        changed = self._table()[self._current()] != self._usual[self._current()]
        self.back.setEnabled(changed)
        self._weigh("")

    def _weigh(self, keys: object) -> None:
        """Say whether the keys can be used, and who has them."""
        self._wanted, action = str(keys), self._current()
        other = key_table.taken_by(self._wanted, action, self._table()) if self._wanted else ""
        possible = key_table.may_have(action, self._wanted)
        self.use.setEnabled(possible)
        self.use.setText(tr("Take these keys over") if other else tr("Use these keys"))
        self.said.setText(self._verdict(other, possible=possible))

    def _verdict(self, other: str, *, possible: bool) -> str:
        keys = key_table.shown(self._wanted)
        if not self._wanted:
            return tr("Choose an action, click into the field, press the keys.")
        if not possible and len(self._wanted) == 1 and not self._wanted.isdigit():
            return tr("{keys} alone acts in the text only. Hold Ctrl or Alt with it.", keys=keys)
        if not possible:
            return tr("{keys} moves the caret or applies a favourite code.", keys=keys)
        if other:
            name = next(one.words for one in self._commands if one.row.key == other)
            return tr("{keys} belongs to “{name}”, which will have no keys then.",
                      keys=keys, name=name)  # fmt: skip
        return tr("{keys} is free.", keys=keys)

    def _use(self) -> None:
        other = key_table.taken_by(self._wanted, self._current(), self._table())
        changed = {self._current(): self._wanted} | ({other: ""} if other else {})
        self._keep({**self._preferences.settings.shortcuts, **changed})

    def _back(self) -> None:
        """Give the current action its usual keys again, from whoever has them."""
        action, usual = self._current(), self._usual[self._current()]
        other = key_table.taken_by(usual, action, self._table()) if usual else ""
        kept = dict(self._preferences.settings.shortcuts)
        kept.pop(action, None)
        self._keep(kept | ({other: ""} if other else {}))

    def _all_back(self) -> None:
        self._keep({})

    def _keep(self, shortcuts: dict[str, str]) -> None:
        own = {action: keys for action, keys in shortcuts.items() if keys != self._usual[action]}
        self._preferences.set(replace(self._preferences.settings, shortcuts=own))
        self._fill()
        self._show_current()
