"""The sources pane: collections and texts, with how far the coder is."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import QMenu

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Change, Progress
from qualcoder_sm.ui import icons, messages
from qualcoder_sm.ui.context import Context
from qualcoder_sm.ui.dialogs.quote_rule import change_rule
from qualcoder_sm.ui.panels import whose
from qualcoder_sm.ui.panels.followed import touched_sources
from qualcoder_sm.ui.panels.pane import TreePane
from qualcoder_sm.ui.panels.sources_model import ROW, SHAPES, SourceRow, SourcesModel, source_items
from qualcoder_sm.ui.panels.tree import Index, RowDelegate
from qualcoder_sm.ui.reason import reasoned
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.sight import Sight
from qualcoder_sm.ui.widgets import label


class SourceDelegate(RowDelegate):
    """Name, number of codings, and the shape of progress."""

    most = 0
    """The largest number of all rows, which its column must hold."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """From the right: shape, number, name."""
        value = index.data(ROW)
        if not isinstance(value, SourceRow):
            return
        color, right, middle = self.theme.color, rect.right() - 10, rect.center().y() + 0.5
        if value.progress is not None:
            shape = QRectF(right - 14, middle - 7, 14, 14)
            icons.draw(painter, shape, SHAPES[value.progress], color.muted)
        right -= 20
        width = self.column(self.most, 32)
        if value.codings or value.progress is None:
            box = QRect(right - width, rect.y(), width, rect.height())
            self.number(painter, box, value.codings, color.muted)
        font = self.theme.font(13, bold=value.progress is None)
        name = QRect(rect.x() + 4, rect.y(), right - width - rect.x() - 4, rect.height())
        self.text(painter, name, value.name, color.text, font)


class SourcesPanel(TreePane):
    """Lists what there is to read. A click opens a text."""

    openRequested = Signal(object)
    """`Place`: this source shall be shown."""
    memoRequested = Signal(object)
    """Guid of a source that a memo shall be about."""
    correctRequested = Signal(object)
    """Guid of a source whose text shall be corrected."""
    lockRequested = Signal(object)
    """Guid of a source whose text shall be locked or unlocked."""
    peopleRequested = Signal()
    """Who speaks and writes shall be shown."""
    failed = Signal(object)
    """A `QualCoderError`."""

    def __init__(self, context: Context, sight: Sight) -> None:
        self._rows = SourcesModel(context)
        super().__init__(tr("Sources"), context.theme, self._rows)
        self._context = context
        self._sight = sight
        self._awaited = ""
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._renew)
        self._touched: set[str] | None = set()
        self.whose = label("", "small")
        self.heads.addStretch(1)
        self.heads.addWidget(self.whose)
        self.heads.addSpacing(20)
        self.set_empty(tr("No texts yet. Import transcripts or posts."), tr("Import texts…"))
        self.add.setToolTip(tr("Import texts"))
        self.add.setAccessibleName(tr("Import texts"))
        if self._context.project.read_only:
            self.forbid_adding(tr("This project is open for reading only."))
        self.delegate = SourceDelegate(self.tree)
        self.tree.setItemDelegate(self.delegate)
        self._rows.whose = self._told
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        self.tree.activated.connect(self._open)
        self.tree.clicked.connect(self._open)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self._context.bridge.changed.connect(self._follow)
        self._sight.changed.connect(self.refresh)
        self._context.theme.changed.connect(self.tree.viewport().update)
        for shortcut, act in (("F2", self.rename), ("Del", self.delete)):
            action = QAction(self.tree)
            action.setShortcut(shortcut)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(act)
            self.tree.addAction(action)

    def refresh(self) -> None:
        """Read the sources anew; what was open and current stays."""
        self._touched = set()
        known = set(self.model.all_keys())
        items = source_items(self._context.project, self._sight.counted)
        self.model.fill(items)
        rows = [item.value for item in items if isinstance(item.value, SourceRow)]
        self.delegate.most = max((row.codings for row in rows), default=0)
        self.whose.setText(whose.counted(self._sight))
        self.tree.viewport().update()
        self.expand_keys({i.key for i in items if i.parent is None} - known)
        self.show_filled(bool(items))
        if self._awaited:
            self.select_key(self._awaited)

    def _told(self, key: str) -> str:
        """Whose codings a row counts: a source's, or those of all sources of a collection."""
        sources = self._context.project.sources.all()
        inside = [one.guid for one in sources if key in (one.guid, one.collection)]
        return whose.of_sources(self._context.project, inside)

    def select_key(self, key: str) -> None:
        """Make a source the current one; one that comes with the next filling is, then."""
        self._awaited = "" if self.index_of(key).isValid() else key
        super().select_key(key)

    def rename(self) -> None:
        """Ask for another name of the current source."""
        key, name = self._current()
        if not key:
            return
        chosen = messages.ask_text(self, tr("Rename"), tr("Name of the source"), name, tr("Rename"))
        if chosen:
            self._try(self._context.project.sources.rename, key, chosen)

    def move_to_new(self) -> None:
        """Ask for a new collection and put the current source into it."""
        key, _name = self._current()
        title = tr("New collection")
        chosen = messages.ask_text(self, title, tr("Name of the collection"), "", tr("Move"))
        if key and chosen:
            self._try(self._context.project.sources.move_to_new, key, chosen)

    def delete(self) -> None:
        """Ask, saying what goes with it, then delete the current source."""
        key, name = self._current()
        if not key:
            return
        gone = len(self._context.project.codings.of_source(key))
        go = ntr("{n} coding goes with it.", "{n} codings go with it.", gone)
        question = tr("Delete {name}? {go} You can undo this.", name=name, go=go)
        yes = ntr("Delete text and {n} coding", "Delete text and {n} codings", gone)
        project, why = self._context.project, messages.confirm_because(
            self, question, yes, tr("Keep"))  # fmt: skip
        if why is not None:
            self._try(reasoned, project, why, project.sources.remove, key)

    def mark(self, state: Progress) -> None:
        """Say how far the coder is with the current source."""
        key, _name = self._current()
        if key:
            self._try(self._context.project.progress.set, key, state)

    def mark_done(self) -> None:
        """Say that the current source is coded."""
        self.mark(Progress.DONE)

    def mark_in_progress(self) -> None:
        """Say that the current source is not done yet."""
        self.mark(Progress.IN_PROGRESS)

    def correct(self) -> None:
        """Ask for the text of the current source to be corrected."""
        self.correctRequested.emit(self._current()[0])

    def turn_lock(self) -> None:
        """Ask for the text of the current source to be locked or unlocked."""
        self.lockRequested.emit(self._current()[0])

    def change_quote_rule(self) -> None:
        """Ask for another quote rule of the current source or collection."""
        project, key = self._context.project, self._current_key()
        for one in (*project.sources.all(), *project.collections.all()):
            if one.guid == key:
                change_rule(self, project, one)

    def write_memo(self) -> None:
        """Ask for a memo about the current source."""
        self.memoRequested.emit(self._current()[0])

    def _try(self, act: Callable[..., object], *arguments: object) -> None:
        self._context.bridge.take(act, *arguments, failed=self.failed.emit)

    def _current(self) -> tuple[str, str]:
        """Guid and name of the current source; empty without one."""
        index = self.proxy.mapToSource(self.tree.currentIndex())
        if not self._rows.is_source(index):
            return "", ""
        return self.model.key_of(index), str(index.data())

    def _current_key(self) -> str:
        """Guid of the current source or collection; empty without one."""
        index = self.proxy.mapToSource(self.tree.currentIndex())
        return self.model.key_of(index) if index.isValid() else ""

    def _open(self, index: Index) -> None:
        here = self.proxy.mapToSource(index)
        if self._rows.is_source(here):
            self.openRequested.emit(Place(self.model.key_of(here), 0, 0))
        else:
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _follow(self, change: Change) -> None:
        if not change.touches("sources", "collections", "codings", "progress"):
            return
        whole = change.touches("sources", "collections")
        touched = None if whole else touched_sources(change, "codings", "progress")
        known = self._touched
        self._touched = None if touched is None or known is None else known | touched
        self._later.start()

    def _renew(self) -> None:
        """Count the sources anew that steps have touched; all when they are many, or others."""
        touched, self._touched = self._touched, set()
        if touched is None:
            self.refresh()
            return
        numbers = [self._rows.renew(self._context.project, one, self._sight.counted)
                   for one in touched]  # fmt: skip
        most = max(numbers, default=0)
        if most > self.delegate.most:
            self.delegate.most = most
            self.tree.viewport().update()

    def _show_menu(self, at: QPoint) -> None:
        if not self._current_key() or self._context.project.read_only:
            return
        menu = self._menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.tree.viewport().mapToGlobal(at))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        if not self._current()[0]:  # a collection
            menu.addAction(tr("Quote rule…"), self.change_quote_rule)
            return menu
        menu.addAction(tr("Rename…\tF2"), self.rename)
        menu.addAction(tr("Memo on this text…"), self.write_memo)
        locked = self._context.project.sources.get(self._current()[0]).locked
        menu.addAction(tr("Correct the text…"), self.correct).setEnabled(not locked)
        menu.addAction(tr("Unlock the text") if locked else tr("Lock the text"), self.turn_lock)
        menu.addAction(tr("Speakers…"), self.peopleRequested.emit)
        menu.addAction(tr("Quote rule…"), self.change_quote_rule)
        into = menu.addMenu(tr("Move to"))
        for collection in self._context.project.collections.all():
            into.addAction(collection.name.replace("&", "&&")).setData(collection.guid)
        into.triggered.connect(self._move)
        into.addSeparator()
        into.addAction(tr("New collection…"), self.move_to_new)
        menu.addSeparator()
        menu.addAction(tr("Mark as done"), self.mark_done)
        menu.addAction(tr("Mark as in progress"), self.mark_in_progress)
        menu.addSeparator()
        menu.addAction(tr("Delete…\tDel"), self.delete)
        return menu

    def _move(self, action: QAction) -> None:
        if action.data():
            self._try(self._context.project.sources.move, self._current()[0], action.data())
