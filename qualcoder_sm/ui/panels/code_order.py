"""In which order the codes of a pane stand, and the menu that chooses it."""

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.panels.tree_model import Item

if TYPE_CHECKING:
    from qualcoder_sm.ui.panels.codebook_model import CodeRow


class CodeOrder(Enum):
    """How siblings follow each other; the values stand in the settings."""

    TREE = "tree"
    NAME = "name"
    USE = "use"

    @property
    def words(self) -> str:
        """What the menu says."""
        return {
            CodeOrder.TREE: tr("Sort: tree order"),
            CodeOrder.NAME: tr("Sort: by name"),
            CodeOrder.USE: tr("Sort: by use"),
        }[self]


class OrderMenu(QMenu):
    """The three orders, one of them ticked."""

    chosen = Signal(object)
    """A `CodeOrder`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._group = QActionGroup(self)
        for order in CodeOrder:
            action = self.addAction(order.words)
            action.setCheckable(True)
            action.setData(order)
            self._group.addAction(action)
        self._group.triggered.connect(self._choose)

    def tick(self, order: CodeOrder) -> None:
        """Show which order is in use."""
        for action in self._group.actions():
            action.setChecked(action.data() is order)

    def _choose(self, action: QAction) -> None:
        self.chosen.emit(action.data())


def ordered(items: Sequence[Item], order: CodeOrder) -> list[Item]:
    """The rows with siblings in this order, parents still before their children.

    By use, the code with the most codings in all comes first; what is equal keeps the order of
    the tree.
    """
    if order is CodeOrder.TREE:
        return list(items)
    by = _name if order is CodeOrder.NAME else _use
    below: dict[str | None, list[Item]] = {}
    for item in items:
        below.setdefault(item.parent, []).append(item)
    rows = sorted(below.pop(None, []), key=by)
    for row in rows:  # grows while it is walked: each level follows the one above
        rows.extend(sorted(below.pop(row.key, []), key=by))
    return rows


def _name(item: Item) -> str:
    return cast("CodeRow", item.value).code.name.casefold()


def _use(item: Item) -> int:
    return -cast("CodeRow", item.value).total
