"""The codes that passages are sent to: numbered, counted, and new ones by typing a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.dialogs.split_list import MIME, Child
from qualcoder_sm.ui.panels.code_menu import chip

if TYPE_CHECKING:
    from collections import Counter

    from qualcoder_sm.ui.theme import Theme

_DIGITS = 9


class Children(QListWidget):
    """Enter, a double click or a drop sends the selected passages to a code."""

    wanted = Signal(object)
    """The `Child` that the selected passages shall go to."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._children: list[Child] = []
        self.setAccessibleName(tr("Codes to send passages to"))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setAcceptDrops(True)
        self.setIconSize(QSize(12, 12))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._send)

    def add_child(self, child: Child) -> None:
        """One more."""
        self._children.append(child)
        item = QListWidgetItem(QIcon(chip(self._theme, child.color, 12)), child.name)
        item.setData(Qt.ItemDataRole.UserRole, child)
        item.setToolTip(child.name)
        self.addItem(item)

    def named(self, name: str) -> Child | None:
        """The child of this name; None when there is none."""
        return next((one for one in self._children if one.name == name), None)

    def numbered(self, digit: int) -> Child | None:
        """The child with this number, from 1; None when there is none."""
        return self._children[digit - 1] if 1 <= digit <= len(self._children) else None

    def show_counts(self, counts: Counter[str]) -> None:
        """Say how many passages each gets."""
        for row, child in enumerate(self._children):
            key = f"{row + 1}   " if row < _DIGITS else "     "
            many = f"   {counts[child.key]:,}" if counts[child.key] else ""
            self.item(row).setText(f"{key}{child.name}{many}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take passages."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show on which code they would fall."""
        item = self.itemAt(event.position().toPoint())
        if item is not None:
            self.setCurrentItem(item)
        event.setAccepted(item is not None)

    def dropEvent(self, event: QDropEvent) -> None:
        """They fell on a code."""
        item = self.itemAt(event.position().toPoint())
        if item is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._send(item)

    def _send(self, item: QListWidgetItem) -> None:
        self.wanted.emit(item.data(Qt.ItemDataRole.UserRole))
