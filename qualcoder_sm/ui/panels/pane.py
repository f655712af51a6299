"""The frame of a tree pane: head, filter, column heads, tree, and what an empty one says."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui import icons
from qualcoder_sm.ui.panels.tree import PaneTree
from qualcoder_sm.ui.panels.tree_model import KeyedTree
from qualcoder_sm.ui.theme import ThemeManager
from qualcoder_sm.ui.widgets import button, column, label, row, tool

FILTER_ROLE = Qt.ItemDataRole.UserRole + 1
"""What the filter looks in, where it is more than the name."""


class Filtered(QSortFilterProxyModel):
    """Rows that hold all the words of the filter, with the rows above them."""

    def __init__(self, tree: KeyedTree) -> None:
        super().__init__(tree)
        self.words: tuple[str, ...] = ()
        self.setSourceModel(tree)
        self.setRecursiveFilteringEnabled(True)

    def set_words(self, text: str) -> None:
        """Filter by these words; none show everything."""
        words = tuple(text.casefold().split())
        if words != self.words:
            self.words = words
            self.invalidate()  # its narrower sisters changed names between versions of Qt

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether a row holds the words itself."""
        if not self.words:
            return True
        index = self.sourceModel().index(row, 0, parent)
        text = str(index.data(FILTER_ROLE) or index.data()).casefold()
        return all(word in text for word in self.words)


class TreePane(QWidget):
    """Head with filter and add buttons, tree, and an empty state with one button."""

    addRequested = Signal()
    """The button in the head, or the one of the empty pane."""

    def __init__(self, title: str, theme: ThemeManager, model: KeyedTree) -> None:
        super().__init__()
        self.model = model
        self.proxy = Filtered(model)
        self.tree = PaneTree(theme, title)
        self.tree.setModel(self.proxy)
        self.note = label("", "muted")
        self.filter = QLineEdit()
        self._body = QStackedWidget()
        self._build(title)
        self._set_keys()

    def _build(self, title: str) -> None:
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.finder = tool("magnifying-glass", tr("Filter {what}", what=title.lower()))
        self.finder.setCheckable(True)
        self.finder.toggled.connect(self._show_filter)
        self.add = tool("plus", tr("Add"))
        self.add.clicked.connect(self.addRequested)
        self.filter.setPlaceholderText(tr("Filter by name"))
        self.filter.setAccessibleName(self.finder.accessibleName())
        self.filter.addAction(
            icons.icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)  # fmt: skip
        self.filter.textChanged.connect(self._filter_by)
        self.filter.hide()
        self.heads = QHBoxLayout()
        self.heads.setContentsMargins(12, 0, 12, 2)
        self._body.addWidget(self.tree)
        self.head = row(label(title, "head"), 8, self.note, 0, self.finder, self.add,
                        margins=(12, 4, 6, 0))  # fmt: skip
        filter_row = row(self.filter, margins=(10, 2, 10, 6))
        self.setLayout(column(self.head, filter_row, self.heads, self._body))

    def _set_keys(self) -> None:
        find = QAction(self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.triggered.connect(self.show_filter)
        self.addAction(find)

    def set_empty(self, sentence: str, act: str) -> None:
        """What an empty pane says, and its one button."""
        words = label(sentence, "muted", wrap=True)
        self.begin = button(act)
        self.begin.clicked.connect(self.addRequested)
        empty = QWidget()
        empty.setLayout(column(12, words, 10, row(self.begin, 0), 0, margins=(15, 0, 15, 0)))
        self._body.addWidget(empty)

    def show_filled(self, filled: bool) -> None:
        """Show the tree, or the empty state."""
        self._body.setCurrentIndex(0 if filled else self._body.count() - 1)
        for number in range(self.heads.count()):
            item = self.heads.itemAt(number)
            widget = item.widget() if item else None
            if widget:
                widget.setVisible(filled)

    def show_filter(self) -> None:
        """Open the filter and put the caret into it."""
        self.finder.setChecked(True)
        self.filter.show()
        self.filter.setFocus()
        self.filter.selectAll()

    def forbid_adding(self, reason: str) -> None:
        """Grey out the buttons that add something, and say why."""
        for made in (self.add, self.begin):
            made.setEnabled(False)
            made.setToolTip(reason)

    def show_filter_always(self) -> None:
        """Keep the filter open, where there is room for it."""
        self.finder.hide()
        self.filter.show()
        self.filter.setPlaceholderText(tr("Filter by name or definition"))

    def current_key(self) -> str:
        """The key of the current row; empty without one."""
        return self.key_at(self.tree.currentIndex())

    def key_at(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The key of a row of the tree."""
        return self.model.key_of(self.proxy.mapToSource(index))

    def index_of(self, key: str) -> QModelIndex:
        """Where a key is in the tree; invalid when it is filtered out or not there."""
        return self.proxy.mapFromSource(self.model.index_of(key))

    def select_key(self, key: str) -> None:
        """Make a row the current one; nothing happens when it is not shown."""
        index = self.index_of(key)
        if index.isValid() and index != self.tree.currentIndex():
            self.tree.go_to(index)

    def shown_keys(self) -> list[str]:
        """The keys of the rows that are neither filtered out nor folded away, from the top."""
        keys: list[str] = []
        index = self.proxy.index(0, 0)
        while index.isValid():
            keys.append(self.key_at(index))
            index = self.tree.indexBelow(index)
        return keys

    def expanded_keys(self) -> set[str]:
        """The rows that are open."""
        keys = self.model.keys_above()
        return {key for key in keys if self.tree.isExpanded(self.index_of(key))}

    def expand_keys(self, keys: set[str]) -> None:
        """Open these rows, as far as there are rows below them."""
        for key in self.model.keys_above() & keys:
            index = self.index_of(key)
            if index.isValid():
                self.tree.setExpanded(index, True)

    def _show_filter(self, shown: bool) -> None:
        self.filter.setVisible(shown)
        if shown:
            self.filter.setFocus()
        else:
            self.filter.clear()

    def _filter_by(self, text: str) -> None:
        self.proxy.set_words(text)
        if text:
            self.tree.expandAll()
        self.tree.viewport().update()
