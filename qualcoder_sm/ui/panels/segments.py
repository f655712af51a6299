"""The passages pane: all coded passages that a sentence of choices means, live while coding."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Change
from qualcoder_sm.project.quoting import as_text, copied
from qualcoder_sm.project.segments import Coded
from qualcoder_sm.reports.options import Options
from qualcoder_sm.table import Table
from qualcoder_sm.ui.context import Context
from qualcoder_sm.ui.pages import listed
from qualcoder_sm.ui.pages.widgets.latest import Latest
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.pages.widgets.states import States
from qualcoder_sm.ui.pages.widgets.writing import Recipe, Writer
from qualcoder_sm.ui.panels.excerpts import Excerpts
from qualcoder_sm.ui.panels.followed import touched_sources
from qualcoder_sm.ui.panels.retrieval import Renewed, Retrieved, renewed, retrieved
from qualcoder_sm.ui.panels.segments_list import SegmentsView
from qualcoder_sm.ui.panels.segments_model import Names, SegmentsModel
from qualcoder_sm.ui.panels.segments_sentence import Sentence
from qualcoder_sm.ui.panels.segments_steps import SegmentSteps
from qualcoder_sm.ui.reading.palette import CodePalette
from qualcoder_sm.ui.reason import ReasonField
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.sight import Sight
from qualcoder_sm.ui.widgets import Elided, column, label, row, tool

_SETTLE = 60
_MOST_TOUCHED = 100
_SHOWS = ("codings", "codes", "coders", "sources", "units", "people", "cases", "collections")


class SegmentsPanel(QWidget):
    """A sentence of choices, how many passages it means, and their list."""

    openRequested = Signal(object)
    """`Place` of a passage."""
    memoRequested = Signal(object)
    """Guid of a coding whose memo shall be written."""
    closeRequested = Signal()
    failed = Signal(object)
    """A `QualCoderError`."""
    said = Signal(object)
    """A quiet sentence."""

    def __init__(self, context: Context, sight: Sight) -> None:
        super().__init__()
        self._context, self._sight = context, sight
        self._excerpts = Excerpts(context.project)
        self.model = SegmentsModel(self._excerpts, self)
        self.sentence = Sentence(context.project, sight)
        self.list = SegmentsView(context.theme, self.model)
        self.steps, self.reason = SegmentSteps(context.bridge, self), ReasonField()
        self.count = Elided("", "muted")
        self.states = States(self.list, context.tasks)
        self.codes = CodePalette(self, context.theme.theme)
        self._latest = Latest(context.tasks, self)
        self._writer = Writer(context, self)
        self._writer.copied.connect(self._tell_copied)
        self._writer.failed.connect(self.failed)
        self._follows = self._stale = self._whole = self._takes_focus = False
        self._touched: set[str] = set()
        self._asked: set[str] = set()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._renew)
        self._build()
        self._connect()
        self._name()

    def _build(self) -> None:
        self.setProperty("surface", "panel")
        self.context = tool("text-align-left", tr("Show the words around (T)"))
        self.context.setCheckable(True)
        self.copy = tool("copy", tr("Copy the quotations selected, with their places"))
        close = tool("x", tr("Close the passages"))
        close.clicked.connect(self.closeRequested)
        head = row(label(tr("Passages"), "head"), 10, self.count, 8, self.context, self.copy, close,
                   margins=(14, 3, 6, 0))  # fmt: skip
        sentence = row(self.sentence, 8, self.reason, margins=(14, 2, 10, 6), stretch=0)
        self.setLayout(stretched(column(stretched(head, 2), sentence, self.states), 2))

    def _connect(self) -> None:
        self.sentence.changed.connect(self.show_all)
        self.context.toggled.connect(self._show_context)
        self.copy.clicked.connect(self.copy_selected)
        self._latest.ready.connect(self._show)
        self._latest.failed.connect(self._refuse)
        self._latest.slow.connect(self._wait)
        self.states.cancelled.connect(self._stop)
        self._context.bridge.changed.connect(self._follow)
        self._context.bridge.changed.connect(self.reason.follow)
        self._context.theme.changed.connect(self._use_theme)
        self._context.preferences.changed.connect(self._use_settings)
        self._sight.changed.connect(self._look_otherwise)
        self.steps.failed.connect(self.failed)
        self.steps.said.connect(self.said)
        self._connect_list()
        self._use_settings()

    def _connect_list(self) -> None:
        view = self.list
        view.activated.connect(self._go)
        view.recodeRequested.connect(self.choose_code)
        view.removeRequested.connect(self.remove)
        view.memoRequested.connect(self.write_memo)
        view.polarityRequested.connect(self.turn_polarity)
        view.contextToggled.connect(self.context.toggle)
        view.copyRequested.connect(self.copy_selected)
        view.customContextMenuRequested.connect(self._show_menu)
        self.codes.chosen.connect(self._recode)
        self.codes.created.connect(self._recode_new)
        self.codes.closed.connect(view.setFocus)

    # Which passages

    def show_codes(self, *codes: str) -> None:
        """Show the passages of these codes, guids; of any code without one. Takes the keyboard."""
        self._takes_focus = True
        self.list.setFocus()
        self.sentence.show_codes(*codes)
        self.show_all()

    def show_all(self) -> None:
        """Show what the sentence means, from the first one on."""
        self._ask_all(follows=False)

    @property
    def busy(self) -> bool:
        """Whether the list is about to change."""
        return self._latest.waiting or self._settle.isActive()

    def selected(self) -> list[Coded]:
        """The codings selected, in the order of the list."""
        return [self.model.at(row) for row in self.list.rows()]

    # What is done with them

    def choose_code(self) -> None:
        """Choose another code for the passages selected."""
        if self._may_change():
            codes = self._context.project.codebook.codes()
            index = self.list.currentIndex()
            rect, view, window = self.list.visualRect(index), self.list.viewport(), self.window()
            spot = QRect(view.mapToGlobal(rect.topLeft()), rect.size())
            bounds = QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
            self.codes.open_for(codes, (), spot, bounds)

    def remove(self) -> None:
        """Take the codings selected away."""
        if self._may_change():
            with self._context.project.because(self.reason.text()):
                self.steps.remove(self._guids())

    def write_memo(self) -> None:
        """Go to the current passage and write its memo."""
        index = self.list.currentIndex()
        if index.isValid():
            self._go(index)
            self.memoRequested.emit(self.model.at(index.row()).guid)

    def turn_polarity(self) -> None:
        """On to the next polarity, for all selected."""
        if self._may_change():
            self.steps.turn_polarity(self._guids())

    def copy_selected(self) -> None:
        """Put the passages selected on the clipboard, as they may be published."""
        found = self.model.quotations(self.list.rows())
        if found:
            QGuiApplication.clipboard().setText(as_text(found))
            self.said.emit(copied(found))
        else:
            self.said.emit(tr("Select some passages first."))

    @property
    def table_name(self) -> str:
        """What the list is called as a table."""
        return tr("passages")

    def shown_table(self) -> Recipe | None:
        """Every passage the sentence means, in the order of the list, as it may be published."""
        guids = tuple(coding.guid for coding in self.model.codings)
        options = Options(which=self.sentence.filter())
        return partial(listed.passages, guids, options) if guids else None

    def copy_table(self) -> None:
        """Put all passages onto the clipboard as a table."""
        recipe = self.shown_table()
        if recipe:
            self._writer.copy(recipe)

    def _tell_copied(self, table: Table) -> None:
        self.said.emit(tr("Copied: {title}, {rows}.", title=table.title,
                          rows=ntr("{n} row", "{n} rows", len(table.rows))))  # fmt: skip

    def _may_change(self) -> bool:
        if not self.list.rows():
            self.said.emit(tr("Select some passages first."))
            return False
        if self._context.project.read_only:
            self.said.emit(tr("This project is open for reading only."))
            return False
        return True

    def _guids(self) -> list[str]:
        return [coding.guid for coding in self.selected()]

    def recode(self, guids: Sequence[str], code: str) -> None:
        """Change codings to another code, for the reason that is written here."""
        with self._context.project.because(self.reason.text()):
            self.steps.recode(guids, code)

    def _recode(self, code: str) -> None:
        self.recode(self._guids(), code)

    def _recode_new(self, name: str) -> None:
        with self._context.project.because(self.reason.text()):
            self.steps.recode_new(self._guids(), name)

    def _go(self, index: QModelIndex) -> None:
        coding = self.model.at(index.row())
        self.openRequested.emit(Place(coding.source, coding.start, coding.end))

    def _show_menu(self, at: QPoint) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def menu(self) -> QMenu:
        """What can be done with the passages selected."""
        menu = QMenu(self)
        current = self.list.currentIndex()
        some, writing = bool(self.list.rows()), not self._context.project.read_only
        for words, act, possible in (
            (tr("Go there\tEnter"), self._go_to_current, current.isValid()),
            (tr("Another code…\tC"), self.choose_code, some and writing),
            (tr("Memo…\tM"), self.write_memo, current.isValid()),
            (tr("Next polarity\tP"), self.turn_polarity, some and writing),
            (tr("Copy quotations\tCtrl+C"), self.copy_selected, some),
            (tr("Copy all as a table"), self.copy_table, bool(self.model.codings)),
            (tr("Words around\tT"), self.context.toggle, True),
            (tr("Remove\tDel"), self.remove, some and writing),
        ):
            menu.addAction(words, act).setEnabled(possible)
        return menu

    def _go_to_current(self) -> None:
        self._go(self.list.currentIndex())

    # Showing

    def _show(self, answer: Retrieved | Renewed) -> None:
        if isinstance(answer, Renewed) or self._follows:
            self._keep_place(answer)
        else:
            self.model.show(answer)
            self.list.scrollToTop()
        self._asked.clear()
        self._whole = False
        self.count.setText(self.model.totals.told)
        waited = self.states.isAncestorOf(self.window().focusWidget() or self)
        if self.model.codings:
            self.states.show_content()
        else:
            self.states.show_empty(self._nothing())
        if waited or self._takes_focus:
            self._take_focus()

    def _take_focus(self) -> None:
        self._takes_focus = False
        if not self.model.codings:
            self.sentence.codes.setFocus()
            return
        self.list.setFocus()
        if not self.list.currentIndex().isValid():
            flag = QItemSelectionModel.SelectionFlag.NoUpdate  # Del must not take the first one
            self.list.selectionModel().setCurrentIndex(self.model.index(0), flag)

    def _keep_place(self, answer: Retrieved | Renewed) -> None:
        top = self.list.indexAt(QPoint(1, 1))
        guid = self.model.at(top.row()).guid if top.isValid() else ""
        offset = self.list.visualRect(top).y() if top.isValid() else 0
        if isinstance(answer, Renewed):
            self.model.renew(answer)
        else:
            self.model.follow(answer)
        now = self.model.row_of(guid) if guid else -1
        if now >= 0:
            bar = self.list.verticalScrollBar()
            bar.setValue(bar.value() + self.list.visualRect(self.model.index(now)).y() - offset)

    def _nothing(self) -> str:
        codes = self.sentence.chosen_codes()
        if len(codes) == 1:
            name = self._context.project.codebook.get(codes[0]).name
            return tr("No passage of {code} fits this sentence.", code=name)
        return tr("No passage fits this sentence.")

    def _wait(self) -> None:
        if not self._follows:
            self.states.show_loading(tr("Looking the passages up …"))

    def _stop(self) -> None:
        self._latest.drop()
        self.states.show_empty(tr("Stopped. Change the sentence to look again."))

    def _refuse(self, error: object) -> None:
        self.states.show_empty(str(error))

    def _show_context(self, shown: bool) -> None:
        self.list.delegate.set_context(shown)

    def _name(self) -> None:
        project = self._context.project
        codes = project.codebook.codes()
        self.model.set_names(
            Names(
                {code.guid: code.name for code in codes},
                {code.guid: code.color for code in codes},
                {coder.guid: coder.name for coder in project.coders.all()},
            )
        )
        self.list.delegate.forget()

    # Following the project

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._catch_up()

    def _follow(self, change: Change) -> None:
        if not change.touches(*_SHOWS):
            return
        if change.touches(*_SHOWS[1:]):
            self._stale = True
        touched = touched_sources(change, "codings")
        self._touched |= touched or set()
        if touched is None or not self.isVisible() or len(self._touched) > _MOST_TOUCHED:
            self._stale = True
        self._settle.start()

    def _renew(self) -> None:
        if not self.isVisible():
            return
        if self._latest.waiting and self._whole and not self._follows:
            self.show_all()
        elif self._stale or (self._latest.waiting and self._whole):
            self._catch_up()
        else:
            self._asked |= self._touched
            self._touched.clear()
            self._follows = True
            which, touched = self.sentence.filter(), frozenset(self._asked)
            self._latest.ask(renewed, self._context.project, which, touched)

    def _catch_up(self) -> None:
        self._stale = False
        self._excerpts.forget()
        self.sentence.refresh()
        self._name()
        self._ask_all(follows=True)

    def _ask_all(self, *, follows: bool) -> None:
        """Read everything the sentence means: steps taken until then are in it."""
        self._settle.stop()
        self._touched.clear()
        self._whole, self._follows = True, follows
        which, order = self.sentence.filter(), self._excerpts.order()
        # A copy: the worker compares it while passages may change here.
        old = tuple(self.model.codings) if follows else ()
        self._latest.ask(retrieved, self._context.project, which, order, old)

    def _look_otherwise(self) -> None:
        self.sentence.refresh()
        self.show_all()

    def _use_theme(self) -> None:
        self.codes.set_theme(self._context.theme.theme)

    def _use_settings(self) -> None:
        self.list.single_keys = self._context.preferences.settings.single_keys
