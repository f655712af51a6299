"""The codebook pane: the tree of codes beside the text."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Change
from qualcoder_sm.ui.context import Context
from qualcoder_sm.ui.panels import whose
from qualcoder_sm.ui.panels.code_menu import CodeMenu
from qualcoder_sm.ui.panels.code_order import CodeOrder, OrderMenu, ordered
from qualcoder_sm.ui.panels.code_steps import CodeSteps
from qualcoder_sm.ui.panels.codebook_delegate import CodeDelegate
from qualcoder_sm.ui.panels.codebook_model import CodebookModel, CodeRow, code_items
from qualcoder_sm.ui.panels.pane import TreePane
from qualcoder_sm.ui.panels.tree import Index
from qualcoder_sm.ui.panels.tree_model import Item
from qualcoder_sm.ui.sight import Sight
from qualcoder_sm.ui.widgets import Elided, label, tool


class CodebookPanel(TreePane):
    """Codes with their counts; a double click puts a code on the selected words."""

    applyRequested = Signal(object)
    """Guid of a code for the selection."""
    dropRequested = Signal(object)
    """`DropRequest`: a passage was dropped on a code."""
    recodeRequested = Signal(object)
    """`RecodeRequest`: coded passages were dropped on a code."""
    currentChanged = Signal(object)
    """Guid of the code that is the current one; empty when there is none."""
    definitionRequested = Signal(object)
    """Guid of a code whose definition shall be seen."""
    passagesRequested = Signal(object)
    """Guid of a code whose passages shall be seen."""
    memoRequested = Signal(object)
    """Guid of a code that a memo shall be about."""
    splitRequested = Signal(object)
    """Guid of a code whose passages shall be sent to codes below it."""
    templateRequested = Signal()
    """The empty codebook shall be filled."""
    failed = Signal(object)
    """A `QualCoderError`."""

    def __init__(self, context: Context, sight: Sight, *, here: bool = True) -> None:
        super().__init__(tr("Codebook"), context.theme, CodebookModel(context))
        self._context, self._sight, self._source = context, sight, ""
        self._here = here
        self._tree: list[tuple[str, str | None]] | None = None
        self.steps = CodeSteps(context.bridge, self)
        self.steps.failed.connect(self.failed)
        self.steps.added.connect(self._show_new)
        self.delegate = CodeDelegate(self.tree, here=here)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.refresh)
        self._build_tree()
        self._build_order()
        self._connect()
        self.refresh()

    def _build_tree(self) -> None:
        self.whose = Elided("", "small")
        self._columns = (label(tr("here"), "small"), label(tr("all"), "small"))
        self.heads.addWidget(self.whose, 1)
        for head, shown in zip(self._columns, (self._here, True), strict=True):
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            if shown:
                self.heads.addWidget(head)
        self.set_empty(
            tr("Start from a ready-made book or write the first code."), tr("Write the first code…")
        )
        self.add.setToolTip(tr("New code"))
        self.add.setAccessibleName(tr("New code"))
        if self._context.project.read_only:
            self.forbid_adding(tr("This project is open for reading only."))
        self.tree.setItemDelegate(self.delegate)
        self.tree.setDragEnabled(True)
        self.tree.setAcceptDrops(True)
        self.tree.setDropIndicatorShown(True)
        self.tree.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.tree.setDefaultDropAction(Qt.DropAction.MoveAction)

    def _build_order(self) -> None:
        self.order_menu = OrderMenu(self)
        self.order_menu.chosen.connect(self._keep_order)
        self.sorter = tool("sort-ascending", tr("Sort the codes"))
        self.sorter.setMenu(self.order_menu)
        self.sorter.setPopupMode(self.sorter.ToolButtonPopupMode.InstantPopup)
        self.head.insertWidget(self.head.indexOf(self.add), self.sorter)
        QWidget.setTabOrder(self.finder, self.sorter)
        QWidget.setTabOrder(self.sorter, self.add)
        self._use_order()

    def _keep_order(self, order: object) -> None:
        if isinstance(order, CodeOrder):
            preferences = self._context.preferences
            preferences.set(replace(preferences.settings, code_order=order.value))

    def _use_order(self) -> None:
        self.order = CodeOrder(self._context.preferences.settings.code_order)
        self.order_menu.tick(self.order)
        if isinstance(self.model, CodebookModel):
            self.model.sorted_view = self.order is not CodeOrder.TREE

    def _use_settings(self) -> None:
        before = self.order
        self._use_order()
        if self.order is not before:
            self.refresh()

    def _connect(self) -> None:
        model = self.model
        if isinstance(model, CodebookModel):
            model.whose = self._told
            model.renameRequested.connect(self.steps.rename)
            model.moveRequested.connect(self.steps.move)
            model.dropRequested.connect(self.dropRequested)
            model.recodeRequested.connect(self.recodeRequested)
        self.addRequested.connect(self.add_code)
        self.tree.doubleClicked.connect(self._apply)
        self.tree.middleClicked.connect(self._apply)
        self.tree.selectionModel().currentChanged.connect(self._tell_current)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self.filter.textChanged.connect(self._mark_hits)
        self._context.bridge.changed.connect(self._follow)
        self._sight.changed.connect(self.refresh)
        self._context.preferences.changed.connect(self._use_settings)
        self._context.theme.changed.connect(self.refresh)
        for shortcut, act in (("F2", self.rename), ("Del", self.delete), ("Return", self.apply)):
            action = QAction(self.tree)
            action.setShortcut(shortcut)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(act)
            self.tree.addAction(action)

    def set_source(self, source: str) -> None:
        """Count what is here in this source."""
        self._source = source
        self.refresh()

    def refresh(self) -> None:
        """Read the codes anew; what was open and current stays."""
        rows = code_items(self._context.project, self._source or None, self._sight.counted)
        items = ordered(rows, self.order)
        self._share_columns(items)
        if self._tree_of(items) == self._tree:  # only numbers or names differ
            self.model.fill(items)
            return
        self._tree = self._tree_of(items)
        key, opened, known = self.current_key(), self.expanded_keys(), set(self.model.all_keys())
        self.model.fill(items)
        tops = {item.key for item in items if item.parent is None}
        self.expand_keys(opened | (tops - known))
        self.select_key(key)
        self.show_filled(bool(items))
        self.note.setText(ntr("{n} code", "{n} codes", len(items)) if items else "")

    def _share_columns(self, items: list[Item]) -> None:
        """Make the columns as wide as their largest numbers, and say whose codings they count."""
        values = [item.value for item in items if isinstance(item.value, CodeRow)]
        self.delegate.set_most(
            max((row.here for row in values), default=0),
            max((row.total for row in values), default=0),
        )
        for head, width in zip(self._columns, self.delegate.widths, strict=True):
            head.setFixedWidth(width)
        self.whose.setText(whose.counted(self._sight))
        self.tree.viewport().update()

    def _told(self, code: str) -> str:
        return whose.of_code(self._context.project, code)

    @staticmethod
    def _tree_of(items: list[Item]) -> list[tuple[str, str | None]]:
        return [(item.key, item.parent) for item in items]

    def apply(self) -> None:
        """Put the current code on the selection."""
        if self.current_key():
            self.applyRequested.emit(self.current_key())

    def add_code(self) -> None:
        """Ask for a new code beside the current one."""
        key = self.current_key()
        self.steps.add(self._context.project.codebook.get(key).parent if key else None)

    def add_child(self) -> None:
        """Ask for a new code below the current one."""
        self.steps.add(self.current_key() or None)

    def rename(self) -> None:
        """Write another name into the row."""
        if self.current_key() and not self._context.project.read_only:
            self.tree.edit(self.tree.currentIndex())

    def delete(self) -> None:
        """Delete the current code, after asking."""
        if self.current_key():
            self.steps.delete(self.current_key())

    def merge(self) -> None:
        """Merge the current code into another."""
        if self.current_key():
            self.steps.merge(self.current_key())

    def split(self) -> None:
        """Ask for the current code to be split."""
        self.splitRequested.emit(self.current_key())

    def show_passages(self) -> None:
        """Ask for the passages of the current code."""
        self.passagesRequested.emit(self.current_key())

    def show_definition(self) -> None:
        """Ask for the definition of the current code."""
        self.definitionRequested.emit(self.current_key())

    def write_memo(self) -> None:
        """Ask for a memo about the current code."""
        self.memoRequested.emit(self.current_key())

    def _apply(self, index: Index) -> None:
        self.applyRequested.emit(self.key_at(index))

    def _show_new(self, code: str) -> None:
        self.refresh()
        parent = self.index_of(code).parent()
        self.tree.expand(parent)
        self.select_key(code)

    def _tell_current(self) -> None:
        self.currentChanged.emit(self.current_key())

    def _mark_hits(self, text: str) -> None:
        self.delegate.hits = tuple(text.casefold().split())

    def _follow(self, change: Change) -> None:
        if change.touches("codes", "codings", "sources"):
            self._later.start()

    def _recolour(self, color: object) -> None:
        self.steps.recolour(self.current_key(), str(color))

    def _favour(self, digit: object) -> None:
        self.steps.favour(self.current_key(), digit if isinstance(digit, int) else None)

    def _show_menu(self, at: QPoint) -> None:
        index = self.tree.indexAt(at)
        if not index.isValid() or self._context.project.read_only:
            return
        self.tree.setCurrentIndex(index)
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.tree.viewport().mapToGlobal(at))

    def menu(self) -> CodeMenu:
        """What can be done with the current code."""
        code = self._context.project.codebook.get(self.current_key())
        menu = CodeMenu(self, self._context.theme.theme, code)
        menu.recolourRequested.connect(self._recolour)
        menu.favouriteRequested.connect(self._favour)
        menu.addAction(tr("Apply to the selection"), self.apply).setEnabled(code.codable)
        menu.addAction(tr("Passages"), self.show_passages)
        menu.addAction(tr("Definition"), self.show_definition)
        menu.addAction(tr("Memo on this code…"), self.write_memo)
        menu.addSeparator()
        menu.addAction(tr("New code…"), self.add_code)
        menu.addAction(tr("New code below…"), self.add_child)
        menu.addSeparator()
        menu.addAction(tr("Rename\tF2"), self.rename)
        menu.add_marks()
        menu.addSeparator()
        menu.addAction(tr("Split…"), self.split)
        menu.addAction(tr("Merge into…"), self.merge)
        menu.addAction(tr("Delete…\tDel"), self.delete)
        return menu
