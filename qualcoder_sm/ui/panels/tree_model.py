"""A tree of keyed values that keeps its rows when it is filled anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_RESET_FROM = 300


@dataclass(frozen=True, slots=True)
class Item:
    """One row: its key, the key of the row it hangs under (None: the top), its value."""

    key: str
    parent: str | None
    value: object


class _Node:
    __slots__ = ("children", "key", "number", "parent", "row", "value")

    def __init__(self, number: int, item: Item, parent: "_Node | None") -> None:
        self.number = number
        self.key = item.key
        self.value = item.value
        self.parent = parent
        self.row = 0
        self.children: list[_Node] = []

    def put(self, row: int, child: "_Node") -> None:
        self.children.insert(row, child)
        self.renumber(row)

    def take(self, row: int) -> "_Node":
        child = self.children.pop(row)
        self.renumber(row)
        return child

    def renumber(self, first: int = 0) -> None:
        for row in range(first, len(self.children)):
            self.children[row].row = row

    def below(self) -> "Iterator[_Node]":
        for child in self.children:
            yield child
            yield from child.below()


class KeyedTree(QAbstractItemModel):
    """Rows keyed by guid; `fill` inserts, removes, moves and updates only what differs.

    Subclasses say what a value looks like in `data`. Values are compared with ==.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node(0, Item("", None, None), None)
        self._nodes: dict[str, _Node] = {}
        self._numbered: dict[int, _Node] = {}
        self._next = 1

    def fill(self, items: Sequence[Item]) -> None:
        """Show these rows, parents before their children, siblings in their order."""
        known = self._nodes.keys()
        if sum(item.key not in known for item in items) > _RESET_FROM:
            self._fill_anew(items)
            return
        self._drop(self._root, {item.key: item.parent or "" for item in items})
        placed: dict[str, int] = {}
        for item in items:
            at = placed.get(item.parent or "", 0)
            placed[item.parent or ""] = at + 1
            self._place(item, at)

    def all_keys(self) -> list[str]:
        """All keys, in the order of the tree."""
        return [node.key for node in self._root.below()]

    def keys_above(self) -> set[str]:
        """The keys of rows that have rows below them."""
        return {key for key, node in self._nodes.items() if node.children}

    def index_of(self, key: str) -> QModelIndex:
        """Where a key is; an invalid index when it is not here."""
        node = self._nodes.get(key)
        return self._index(node) if node else QModelIndex()

    def key_of(self, index: Index) -> str:
        """The key of a row; empty for an invalid index."""
        return self._node(index).key

    def value_of(self, index: Index) -> object:
        """The value of a row."""
        return self._node(index).value

    def value_at(self, key: str) -> object:
        """The value of a key; None when it is not here."""
        node = self._nodes.get(key)
        return node.value if node else None

    def parent_key(self, key: str) -> str:
        """The key of the row that a row hangs under; empty at the top."""
        above = self._nodes[key].parent
        return above.key if above else ""

    def put(self, key: str, value: object) -> None:
        """Show another value in one row that is here."""
        node = self._nodes[key]
        if node.value != value:
            node.value = value
            index = self._index(node)
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.DisplayRole])

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """The index of a row."""
        children = self._node(parent).children
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row].number)

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]
        """The index of the row above."""
        above = self._node(index).parent
        return self._index(above) if above else QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many rows hang under a row."""
        return len(self._node(parent).children)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Always one."""
        return 1

    def _node(self, index: Index) -> _Node:
        return self._numbered[index.internalId()] if index.isValid() else self._root

    def _index(self, node: _Node) -> QModelIndex:
        if node is self._root:
            return QModelIndex()
        return self.createIndex(node.row, 0, node.number)

    def _fill_anew(self, items: Sequence[Item]) -> None:
        self.beginResetModel()
        self._root.children.clear()
        self._nodes.clear()
        self._numbered.clear()
        for item in items:
            node = self._made(item)
            node.row = len(node.parent.children) if node.parent else 0
            if node.parent:
                node.parent.children.append(node)
        self.endResetModel()

    def _made(self, item: Item) -> _Node:
        parent = self._nodes[item.parent] if item.parent else self._root
        node = _Node(self._next, item, parent)
        self._next += 1
        self._nodes[item.key] = self._numbered[node.number] = node
        return node

    def _drop(self, node: _Node, parents: dict[str, str]) -> None:
        """Remove what is gone or hangs elsewhere now."""
        for child in reversed(node.children):
            if parents.get(child.key) == node.key:
                self._drop(child, parents)
                continue
            self.beginRemoveRows(self._index(node), child.row, child.row)
            node.take(child.row)
            for gone in (child, *child.below()):
                del self._nodes[gone.key], self._numbered[gone.number]
            self.endRemoveRows()

    def _place(self, item: Item, row: int) -> None:
        node = self._nodes.get(item.key)
        above = self._nodes[item.parent] if item.parent else self._root
        if node is None:
            self.beginInsertRows(self._index(above), row, row)
            above.put(row, self._made(item))
            self.endInsertRows()
            return
        if node.row != row:
            where = self._index(above)
            self.beginMoveRows(where, node.row, node.row, where, row)
            above.put(row, above.take(node.row))
            self.endMoveRows()
        self.put(item.key, item.value)
