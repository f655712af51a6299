"""The find pane: words in all texts, narrowed by code, speaker and case, the first hits at once."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Change
from qualcoder_sm.project.rules import Scope
from qualcoder_sm.project.search import SearchQuery
from qualcoder_sm.ui import icons
from qualcoder_sm.ui.context import Context
from qualcoder_sm.ui.marks import Tick
from qualcoder_sm.ui.pages.widgets.latest import Latest
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.pages.widgets.states import States
from qualcoder_sm.ui.panels.excerpts import Excerpts
from qualcoder_sm.ui.panels.find_list import FindView
from qualcoder_sm.ui.panels.find_model import MOST, Chunk, FindModel, Hunt, Row
from qualcoder_sm.ui.panels.find_where import FindWhere
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.sight import Sight
from qualcoder_sm.ui.tasks import Step
from qualcoder_sm.ui.widgets import Elided, column, label, link, row, tool

_REST = 250
_SHOWS = ("sources", "units", "people")


class FindPanel(QWidget):
    """A field, where to look, and what was found; Enter in the list goes there."""

    openRequested = Signal(object)
    """`Place` of a hit; the keyboard stays in the list."""
    hitsChanged = Signal()
    """Other words are found, or none."""
    codeRequested = Signal(object)
    """`Scope`: code what was found, or the turns and posts it stands in."""
    closeRequested = Signal()

    def __init__(self, context: Context, sight: Sight) -> None:
        super().__init__()
        self._context, self._sight = context, sight
        self._excerpts = Excerpts(context.project)
        self.found = FindModel(self._excerpts, self)
        self.field, self.regex = QLineEdit(), Tick(tr("pattern"))
        self.where = FindWhere(context.project, sight)
        self.count, self.stop = Elided("", "muted"), link(tr("Stop"))
        self.code_hits = link(tr("Code the hits…"))
        self.code_units = link(tr("Code every turn or post with a hit…"))
        self.list = FindView(context.theme, self.found)
        self.states = States(self.list, context.tasks)
        self._latest = Latest(context.tasks, self)
        self._hunt: Hunt | None = None
        self._query = SearchQuery("")
        self._stale = self._goes_down = False
        self._left: Row | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._build()
        self._connect()
        self._show_help()

    def _build(self) -> None:
        self.setProperty("surface", "panel")
        self.field.setPlaceholderText(tr("Words in all texts"))
        self.field.setAccessibleName(tr("Find in all texts"))
        self.field.setClearButtonEnabled(True)
        leading = QLineEdit.ActionPosition.LeadingPosition
        self.field.addAction(icons.icon("magnifying-glass"), leading)
        self.field.setMaximumWidth(420)
        self.regex.setToolTip(tr("Read the words as a regular expression"))
        close = tool("x", tr("Close what was found"))
        close.clicked.connect(self.closeRequested)
        head = row(label(tr("Find"), "head"), 12, self.field, 10, self.regex, 0, close,
                   margins=(14, 5, 6, 2))  # fmt: skip
        where = row(self.where, margins=(14, 2, 10, 4))
        foot = row(self.count, 8, self.stop, 16, self.code_units, 8, self.code_hits,
                   margins=(14, 0, 10, 3))  # fmt: skip
        self.setLayout(
            stretched(column(stretched(head, 2), where, stretched(foot, 0), self.states), 3)
        )

    def _connect(self) -> None:
        self.field.textEdited.connect(self._rest.start)
        self.field.returnPressed.connect(self._enter)
        self._rest.timeout.connect(self.search)
        self.regex.toggled.connect(self.search)
        self.where.changed.connect(self.search)
        self.stop.clicked.connect(self._stop)
        self.states.cancelled.connect(self._stop)
        self.code_hits.clicked.connect(self._code_hits)
        self.code_units.clicked.connect(self._code_units)
        self._latest.ready.connect(self._take)
        self._latest.failed.connect(self._refuse)
        self._latest.slow.connect(self._wait)
        self._context.tasks.progressed.connect(self._progress)
        self._context.bridge.changed.connect(self._follow)
        self._sight.changed.connect(self._look_otherwise)
        self.list.activated.connect(self._go)
        self.list.leftUpwards.connect(self.field.setFocus)

    # Looking

    def begin(self, words: str = "") -> None:
        """Put the caret into the field; with words, look for these."""
        self.field.setFocus()
        if words:
            self.field.setText(words)
            self.search()
        self.field.selectAll()

    def search(self) -> None:
        """Look for what is in the field, from the beginning."""
        self._rest.stop()
        self._latest.drop()
        self.found.clear()
        words = self.field.text().strip()
        self._query = self.where.query(words, regex=self.regex.isChecked())
        if not words:
            self._hunt = None
            self._show_help()
            return
        self._hunt = Hunt(self._context.project, self._query)
        self._show_count()
        self.hitsChanged.emit()
        self._latest.ask(self._hunt.chunk, reports=True)

    @property
    def query(self) -> SearchQuery:
        """What was looked for last."""
        return self._query

    @property
    def busy(self) -> bool:
        """Whether more may be found yet."""
        return self._latest.waiting or self._rest.isActive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow down goes from the field to the list."""
        if event.key() == Qt.Key.Key_Down and self.field.hasFocus() and self.found.hits:
            self._go_down()
        else:
            super().keyPressEvent(event)

    def _take(self, chunk: Chunk) -> None:
        first = not self.found.hits
        self.found.add(chunk)
        if chunk.over:
            self._hunt = None
            self._go_back()
        elif self._hunt:
            self._latest.ask(self._hunt.chunk, reports=True)
        self._show_count()
        if self.found.hits:
            self.states.show_content()
        elif chunk.over:
            self.states.show_empty(
                tr("Nothing matches “{words}”.", words=self._query.words), self.where.told()
            )
        if first and self.found.hits and self._goes_down:
            self._go_down()
        self._goes_down = self._goes_down and not chunk.over
        self.hitsChanged.emit()

    def _refuse(self, error: QualCoderError) -> None:
        self._hunt = None
        self._show_count()
        self.states.show_empty(str(error))

    def _stop(self) -> None:
        self._latest.drop()
        self._hunt = None
        self._show_count()
        if not self.found.hits:
            self.states.show_empty(tr("Stopped."))

    def _wait(self) -> None:
        if not self.found.hits:
            focused = self.field.hasFocus()
            self.states.show_loading(tr("Searching …"))
            if focused:  # whoever types goes on typing
                self.field.setFocus()

    def _progress(self, step: Step) -> None:
        if self._hunt and self.found.hits:
            self.count.setText(f"{self.found.counted()} · {step.what}")

    def _show_count(self) -> None:
        some = self.found.hits
        told = self.found.counted() if some else ""
        if some >= MOST:
            told = tr("The first {n} hits. Add a word to find fewer.", n=f"{MOST:,}")
        self.count.setText(told)
        self.stop.setVisible(self._hunt is not None)
        for act in (self.code_hits, self.code_units):
            act.setVisible(some > 0)
            act.setEnabled(self._hunt is None and not self._context.project.read_only)

    def _show_help(self) -> None:
        self._show_count()
        self.states.show_empty(
            tr("Write words to find them in all texts."),
            tr("tired alone: both in one turn or post   “so tired”: a phrase   tire*: a beginning   "
               "tired OR weary   tired -alone: without   NEAR(tired alone, 5)"),
        )  # fmt: skip
        self.hitsChanged.emit()

    # Going there

    def _enter(self) -> None:
        if self._rest.isActive() or not self.found.hits:
            self._goes_down = True
            self.search()
        else:
            self._go_down()

    def _go_down(self) -> None:
        self._goes_down = False
        self.list.setFocus()
        if not self.list.currentIndex().isValid():
            self.list.go_to(self.found.next_hit(0, 1))

    def _go(self, index: QModelIndex) -> None:
        found = self.found.at(index.row())
        if not found.is_head:
            self.openRequested.emit(Place(*found))

    def _go_back(self) -> None:
        """After a step that changed what is found: to the hit that was the current one."""
        row = self.found.row_of(self._left) if self._left else -1
        self._left = None
        if row >= 0:
            self.list.go_to(row)

    def _code_hits(self) -> None:
        self.codeRequested.emit(Scope.MATCH)

    def _code_units(self) -> None:
        self.codeRequested.emit(Scope.UNIT)

    # Following the project

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._catch_up()

    def _follow(self, change: Change) -> None:
        query = self._query
        in_codes = bool(query.codes) and change.touches("codings", "codes")
        in_cases = bool(query.cases or query.attributes) and change.touches("cases")
        if change.touches("codes", "cases", "collections"):
            self.where.refresh()
        self._stale = self._stale or in_codes or in_cases or change.touches(*_SHOWS)
        if self._stale and self.isVisible():
            self._catch_up()

    def _look_otherwise(self) -> None:
        if self._query.codes:
            self._catch_up()

    def _catch_up(self) -> None:
        self._stale = False
        self._excerpts.forget()
        self.where.refresh()
        if self._query.words:
            current = self.list.currentIndex().row()
            self._left = self.found.at(current) if current >= 0 else self._left
            self._rest.start()
