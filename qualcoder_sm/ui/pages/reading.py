"""Read & code: sources and codebook at the left, the text, the inspector at the right."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from qualcoder_sm.errors import DiskError
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Change, SourceKind
from qualcoder_sm.project import quoting
from qualcoder_sm.project.quote_rules import Target
from qualcoder_sm.ui import geometry
from qualcoder_sm.ui.coding_desk import CodingDesk
from qualcoder_sm.ui.context import Context
from qualcoder_sm.ui.dialogs.quote_rule import change_rule
from qualcoder_sm.ui.linking import Linking
from qualcoder_sm.ui.pages import session
from qualcoder_sm.ui.pages.text_menu import TextMenus
from qualcoder_sm.ui.pages.texts import TextPane, Texts
from qualcoder_sm.ui.pages.whereabouts import selected, where
from qualcoder_sm.ui.panels.below import TextAndBelow
from qualcoder_sm.ui.panels.codebook import CodebookPanel
from qualcoder_sm.ui.panels.codebook_model import DropRequest
from qualcoder_sm.ui.panels.head import FirstSteps, SourceHead, SourceTabs
from qualcoder_sm.ui.panels.inspector import InspectorPanel
from qualcoder_sm.ui.panels.inspector_parts import hold_refused
from qualcoder_sm.ui.panels.sources import SourcesPanel
from qualcoder_sm.ui.panels.text_pane import TextFeed
from qualcoder_sm.ui.panels.three_panes import Split, ThreePanes
from qualcoder_sm.ui.reading import Mode, ReadingView
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.sight import Sight
from qualcoder_sm.ui.widgets import Banner, column


class ReadingPage(QWidget):
    """Assembles the panes and owns what passes between them."""

    importRequested = Signal()
    codebookRequested = Signal()
    passagesRequested = Signal(object)
    """Guid of a code."""
    noteRequested = Signal(object)
    """`MemoWish`: a memo about words without a coding."""
    modeChanged = Signal(object)
    """`Mode`."""
    zoomRequested = Signal(object)
    """+1 or -1."""
    said = Signal(object)
    """A quiet sentence."""
    unsaved = Signal()
    """A step could not be written."""
    placed = Signal(object, object)
    """Where the caret is ("Turn 34 of 86") and what is selected, as sentences."""

    def __init__(self, context: Context, sight: Sight, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._sight = context, sight
        self.texts = Texts(context, sight)
        self.linking = Linking(context.bridge, self)
        self._menus = TextMenus(context, self)
        self.sources = SourcesPanel(context, sight)
        self.codebook = CodebookPanel(context, sight)
        self.inspector = InspectorPanel(context, sight)
        self.tabs, self.steps = SourceTabs(), FirstSteps()
        self.banner = Banner()
        self._middle = QStackedWidget()
        self._rest = QTimer(self, singleShot=True, interval=30)
        self._rest.timeout.connect(self._look)
        self._build()
        self._connect()
        self._show_steps()

    @property
    def view(self) -> ReadingView:
        """The text that keys and menus are about."""
        return self.texts.current.view

    @property
    def feed(self) -> TextFeed:
        """What that text is fed by."""
        return self.texts.current.feed

    @property
    def desk(self) -> CodingDesk:
        """The desk that codes that text."""
        return self.texts.current.desk

    @property
    def head(self) -> SourceHead:
        """The head of that text."""
        return self.texts.current.head

    def _build(self) -> None:
        left = Split(Qt.Orientation.Vertical, "read-left", [390, 410])
        left.addWidget(self.sources)
        left.addWidget(self.codebook)
        left.begin()
        self._middle.addWidget(self.steps)
        self._middle.addWidget(self.texts)
        self.below = TextAndBelow(self._context, self._sight, self._middle, self.texts)
        middle = QWidget()
        middle.setProperty("surface", "panel")
        middle.setLayout(column(self.banner, self.tabs, self.below, stretch=2))
        self.panes = ThreePanes(left, middle, self.inspector, self._context.theme)
        self.setLayout(column(self.panes))
        for first, second in ((self.sources.tree, self.codebook.tree), (self.codebook.tree,
                              self.view), (self.view, self.inspector)):  # fmt: skip
            QWidget.setTabOrder(first, second)

    def _connect(self) -> None:
        self._connect_panes()
        self._connect_below()
        self._connect_text(self.texts.current)
        self.texts.made.connect(self._connect_text)
        self.texts.currentChanged.connect(self._other_text)
        self._context.bridge.changed.connect(self._follow)
        self._sight.changed.connect(self._sight_changed)

    def _connect_panes(self) -> None:
        self.sources.openRequested.connect(self.open)
        self.sources.addRequested.connect(self.importRequested)
        self.codebook.applyRequested.connect(self.apply_to_selection)
        self.codebook.dropRequested.connect(self._apply_dropped)
        self.codebook.currentChanged.connect(self.inspector.show_code)
        self.codebook.currentChanged.connect(self._sight.codes.set_current)
        self.codebook.definitionRequested.connect(self._show_definition)
        self.codebook.passagesRequested.connect(self.passagesRequested)
        self.inspector.openRequested.connect(self.open)
        self.inspector.codingChosen.connect(self._choose)
        self.inspector.left.connect(self._back_to_text)
        self.inspector.wholeUnitRequested.connect(self._select_unit)
        self.inspector.quoting.copyRequested.connect(self.copy_quotation)
        self.inspector.quoting.ruleRequested.connect(self._change_rule)
        self.tabs.chosen.connect(self._show_tab)
        self.steps.importRequested.connect(self.importRequested)
        self.steps.codebookRequested.connect(self.codebookRequested)
        self.linking.said.connect(self.said)
        self.linking.openRequested.connect(self.open)
        for pane in (self.sources, self.codebook, self.inspector, self.linking):
            pane.failed.connect(self.show_error)

    def _connect_text(self, pane: TextPane) -> None:
        view, desk = pane.view, pane.desk
        view.selectionChanged.connect(self._moved)
        view.caretMoved.connect(self._moved)
        view.codingActivated.connect(self._show_coding)
        view.contextMenuRequested.connect(self._menus.show_menu)
        view.modeChanged.connect(self.modeChanged)
        view.zoomRequested.connect(self.zoomRequested)
        desk.said.connect(self.said)
        desk.failed.connect(self.show_error)
        desk.memoWanted.connect(self._write_memo)
        desk.noteRequested.connect(self.noteRequested)
        desk.removalUnclear.connect(self._menus.choose_removed)
        desk.used.connect(self._used)
        desk.openRequested.connect(self.open)
        pane.head.modeChosen.connect(self.modeChanged)
        pane.shown.connect(self._source_shown)
        self.below.attend(pane)
        self.linking.attend(view)

    def _connect_below(self) -> None:
        self.below.openRequested.connect(self.look)
        self.below.memoRequested.connect(self._write_memo)
        self.below.closed.connect(self._back_to_text)
        self.below.failed.connect(self.show_error)
        self.below.said.connect(self.said)
        self.codebook.recodeRequested.connect(self.below.recode)

    # The current text

    def act(self, action: str) -> None:
        """Do what a menu's action of the text is about, where the caret stands."""
        self.view.act(action)

    def apply_to_selection(self, code: str) -> None:
        """Put a code on the selected words."""
        self.desk.apply_to_selection(code)

    def _apply_dropped(self, request: DropRequest) -> None:
        for pane in self.texts.panes():
            if pane.desk.source == request.source:
                pane.desk.apply_dropped(request)
                return

    def _used(self, code: str) -> None:
        """Make the code used the current one, or say that its codings are not seen now."""
        shown = self._sight.codes.shown()
        if shown is None or code in shown:
            self.codebook.select_key(code)
        else:
            name = self.desk.codes[code].name
            self.said.emit(tr("Coded with {code}, which is not among the codes seen.", code=name))

    def turn_beside(self) -> None:
        """Show a second text beside the first, or only the current one."""
        if self.feed.source is not None:
            self.texts.set_beside(not self.texts.is_beside())

    def turn_progress(self) -> None:
        """Say that the current text is in progress, done, or not started, in turn."""
        self.texts.current.turn_progress()

    def _other_text(self) -> None:
        """The keyboard went to the other text: everything around is about it now."""
        if self.feed.source is not None:
            self.inspector.commit()
            self._source_shown(self.texts.current)

    # Going somewhere

    def open(self, place: Place) -> None:
        """Show a source, at a place or where it was left."""
        self.look(place)
        self.view.setFocus()

    def look(self, place: Place) -> None:
        """As `open`, while the keyboard stays where it is."""
        source = self._context.project.sources.get(place.source)
        self.tabs.open(source)
        self.feed.show(place)

    def begin(self) -> None:
        """Open what was open last time; else the first text in progress."""
        session.restore(self._context.project, self.texts, self.tabs, self.open)
        if geometry.passages(self._context.project.guid):
            self.below.show_passages(keyboard=False)

    def take_keyboard(self) -> None:
        """Put the keyboard into the text, or into the list of texts when none is open."""
        opened = self.feed.source is not None
        (self.view if opened else self.sources.tree).setFocus()

    def keep_session(self) -> None:
        """Remember what is open and where."""
        session.keep(self._context.project, self.texts, self.tabs)
        geometry.keep_passages(self._context.project.guid, self.below.shows_passages())

    def tell_place(self) -> None:
        """Say again where the caret is."""
        self._moved()

    def next_tab(self) -> None:
        """Show the next open text."""
        self.tabs.step(1)

    def previous_tab(self) -> None:
        """Show the previous open text."""
        self.tabs.step(-1)

    def go_to_sources(self) -> None:
        """Put the keyboard into the source list."""
        self.panes.set_open("left", True)
        self.sources.tree.setFocus()

    def show_error(self, error: object) -> None:
        """Say what went wrong on top of the text."""
        self.banner.show_sentence(str(error))
        hold_refused(self, error)
        if isinstance(error, DiskError):
            self.unsaved.emit()

    def set_mode(self, mode: Mode) -> None:
        """Show codings in this way."""
        for pane in self.texts.panes():
            pane.view.set_mode(mode)
            pane.head.modes.set_value(mode)

    def panes_in_order(self) -> list[QWidget]:
        """Where F6 goes, round and round."""
        panes: list[QWidget] = [self.sources.tree, self.codebook.tree]
        panes += [pane.view for pane in self.texts.panes()]
        panes += self.below.parts()
        if self.panes.is_open("right"):
            panes.append(self.inspector)
        return [pane for pane in panes if pane.isVisible()]

    def _show_tab(self, guid: str) -> None:
        self.inspector.commit()
        if guid:
            self.feed.show(Place(guid, 0, 0))
        else:
            self._show_steps()

    def _show_steps(self) -> None:
        project = self._context.project
        self.steps.show_done(
            bool(project.sources.all()), bool(project.codebook.codes()), project.codings.count() > 0
        )
        self._middle.setCurrentIndex(0)
        self.tabs.setVisible(self.tabs.count() > 0)
        self.placed.emit("", "")

    def _source_shown(self, pane: TextPane) -> None:
        source = pane.feed.source
        if pane is not self.texts.current or source is None:
            return
        self.tabs.open(source)
        self.codebook.set_source(source.guid)
        self.sources.select_key(source.guid)
        self.tabs.rename(source)
        self.tabs.show()
        self._middle.setCurrentIndex(1)
        self._moved()

    # At the caret

    def _moved(self) -> None:
        self._rest.start()

    def _sight_changed(self) -> None:
        """Other codings are seen, perhaps as another coder, who begins no link of the one before."""
        self.linking.leave(self._sight.coder.guid)
        self._moved()

    def _look(self) -> None:
        source = self.feed.source
        if source is None:
            return
        start, end = self.view.selection()
        unit = self.view.unit_at(start)
        unit = self.feed.as_it_is(unit)
        post = unit if source.kind is SourceKind.POSTS else None
        parent = self.feed.units[post.parent] if post and post.parent is not None else None
        current = self.view.current_coding()
        self.inspector.look_at(
            self.view.codings_here(), current.guid if current else "", post, parent,
            selected=start != end, units=self.feed.units,
        )  # fmt: skip
        self.placed.emit(where(source, unit, len(self.feed.units)), selected(start, end))

    def copy_quotation(self, coding: str) -> None:
        """Put the words of a coding on the clipboard as they may be published."""
        found = quoting.quotations(self._context.project.segments.named([coding]))
        QGuiApplication.clipboard().setText(quoting.as_text(found))
        self.said.emit(quoting.copied(found))

    def _change_rule(self, target: Target) -> None:
        change_rule(self, self._context.project, target)

    def _select_unit(self) -> None:
        unit = self.view.unit_at(self.view.selection()[0])
        if unit:
            self.view.select(unit.start, unit.end)
            self.view.setFocus()
            self.view.offer_bar()

    def _show_coding(self, _coding: str) -> None:
        if self.panes.is_drawer("right"):
            self.panes.set_open("right", True)
        self._look()

    def _choose(self, coding: str) -> None:
        """A coding was pressed in the inspector: keys are about it, too."""
        self.view.choose(coding)
        self._look()

    def _show_definition(self, code: str) -> None:
        self.panes.set_open("right", True)
        self.inspector.show_code(code)

    def edit_definition(self) -> None:
        """Open the definition of the current code for writing."""
        self.panes.set_open("right", True)
        self.inspector.edit_definition()

    def _write_memo(self, coding: str) -> None:
        self.panes.set_open("right", True)
        self.view.activate(coding)
        current = self.view.current_coding()
        if current is None or current.guid != coding:
            self.said.emit(tr("This coding is not seen now: its code or its coder is hidden."))
            return
        self.inspector.write_memo()

    def _back_to_text(self) -> None:
        self.view.setFocus()

    def _follow(self, change: Change) -> None:
        if change.touches("sources"):
            self._drop_closed()
        if self._middle.currentIndex() == 0:
            self._show_steps()
        if change.touches("codings", "units"):
            self._moved()

    def _drop_closed(self) -> None:
        sources = self._context.project.sources
        for guid in self.tabs.guids():
            if sources.known(guid) is None:
                for pane in self.texts.panes():
                    pane.feed.forget(guid)
                self.tabs.close_source(guid)
        if self.feed.source and any(pane.feed.source is None for pane in self.texts.panes()):
            self.texts.set_beside(False)
