"""The menu of a list or table, by the right button, Shift+F10 or the menu key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QMenu

from qualcoder_sm.ui import menu_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Act:
    """An entry: its words, its keys after a tab; what it does, and whether it makes sense now."""

    words: str
    do: Callable[[], object]
    possible: Callable[[], bool] = _always


class RowMenu(QObject):
    """What can be done with the current row, and with all of them."""

    def __init__(self, view: QAbstractItemView, acts: Sequence[Act]) -> None:
        super().__init__(view)
        self._view, self._acts = view, tuple(acts)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The menu key of the system opens it at the current row."""
        return menu_key.redirected(self._view, event) or super().eventFilter(watched, event)

    def _open(self, at: QPoint) -> None:
        menu = QMenu(self._view)
        for act in self._acts:
            menu.addAction(act.words, act.do).setEnabled(act.possible())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._view.viewport().mapToGlobal(at))
