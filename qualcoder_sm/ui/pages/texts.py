"""The texts: one to read, or two side by side, each with its head, its search and its desk."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Change, Progress, QuoteRule, Source
from qualcoder_sm.project.quoting import touched
from qualcoder_sm.ui.coding_desk import CodingDesk
from qualcoder_sm.ui.context import Context
from qualcoder_sm.ui.pages.palette_host import PaletteHost
from qualcoder_sm.ui.panels.code_filter import FilterButton
from qualcoder_sm.ui.panels.find_bar import FindBar
from qualcoder_sm.ui.panels.head import SourceHead
from qualcoder_sm.ui.panels.text_pane import TextFeed
from qualcoder_sm.ui.panels.three_panes import Split
from qualcoder_sm.ui.reading import ReadingView, SpanRequest
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.sight import Sight
from qualcoder_sm.ui.widgets import column, restyle

_LEAST = 300


@dataclass(frozen=True, slots=True)
class Traces:
    """What texts side by side remember together: codes each coder used, where each was left."""

    recent: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    left: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])


class TextPane(QWidget):
    """One text: its head, the bar that finds in it, the view, and the desk that codes it."""

    shown = Signal(object)
    """This pane: another source is shown in it, or the source has other properties."""
    closeRequested = Signal(object)
    """This pane: only the other text shall be seen."""

    def __init__(self, context: Context, sight: Sight, traces: Traces) -> None:
        super().__init__()
        self._context, self._sight = context, sight
        self.view = ReadingView()
        self.feed = TextFeed(context, sight, self.view, traces.left)
        self.desk = CodingDesk(context.bridge, self.view, self, traces.recent)
        self.head, self.bar = SourceHead(FilterButton(context, sight)), FindBar(self.view)
        self.codes = PaletteHost(self.view, self.desk, context.theme, self)
        self.setMinimumWidth(_LEAST)
        self.setLayout(column(self.head, self.bar, self.view, stretch=2))
        self.feed.shown.connect(self._show_head)
        self.head.othersToggled.connect(sight.show_others)
        self.head.progressPressed.connect(self.turn_progress)
        self.head.closePressed.connect(self._ask_to_close)
        context.bridge.changed.connect(self._follow)
        context.preferences.changed.connect(self._set_bar)
        sight.changed.connect(self._show_sight)
        self.view.copied.connect(self._say_rule)
        self.view.inVivoRequested.connect(self._say_named)
        self._set_bar()
        self._show_sight()

    def turn_progress(self) -> None:
        """Say that one is not started, in progress or done with the text, in turn."""
        project, source = self._context.project, self.feed.source
        if source is not None and not project.read_only:
            turn, failed = project.progress.turn, self.desk.failed.emit
            self._context.bridge.take(turn, source.guid, failed=failed)

    def _progress(self) -> Progress:
        project, source = self._context.project, self.feed.source
        if source is None:
            return Progress.NOT_STARTED
        return project.progress.of_source(source.guid, project.coder.guid)

    def _ask_to_close(self) -> None:
        self.closeRequested.emit(self)

    def _show_rule(self) -> None:
        if self.feed.source is not None:
            rules = self._context.project.quoting.rules()
            self.head.show_rule(rules.of(self.feed.source.guid).rule)

    def _rule_of(self, request: SpanRequest) -> QuoteRule:
        source = self.feed.source
        held = touched(self.feed.units, request.start, request.end)
        rules = self._context.project.quoting.rules()
        return rules.of(source.guid if source else "", [unit.quote_rule for unit in held]).rule

    def _say_named(self, request: SpanRequest) -> None:
        """Words became the name of a code, which every report prints."""
        if not self._rule_of(request).allows_words:
            self.desk.said.emit(
                tr("The name of this code is words that may not be published. Rename it before "
                   "you report.")
            )  # fmt: skip

    def _say_rule(self, request: SpanRequest) -> None:
        """Words went to the clipboard as they stand; say so where they may not be published."""
        rule = self._rule_of(request)
        if not rule.allows_words:
            told = tr("Copied as working data, not for publication: {rule}.", rule=tr(rule.value))
            self.desk.said.emit(told)

    def _show_progress(self) -> None:
        self.head.show_progress(self._progress())

    def _follow(self, change: Change) -> None:
        if change.touches("progress", "codings"):
            self._show_progress()
        if change.touches("coders"):
            self._show_coders()
        if change.touches("collections", "sources"):
            self._show_rule()

    def _show_coders(self) -> None:
        self.head.show_more(len(self._context.project.coders.all()) > 1)

    def place(self) -> Place | None:
        """The source shown and where the caret is; None without a source."""
        source = self.feed.source
        return Place(source.guid, *self.view.selection()) if source else None

    def _show_head(self, source: Source) -> None:
        names = {one.guid: one.name for one in self._context.project.collections.all()}
        self.head.show_source(source, names.get(source.collection or "", ""))
        self._show_rule()
        self._show_coders()
        self.head.modes.set_value(self.view.mode())
        self.desk.source = source.guid
        self._show_progress()
        self.shown.emit(self)

    def _show_sight(self) -> None:
        self.view.put_bar_away()  # its codes were likely for whoever coded before
        self.head.others.setChecked(self._sight.others)
        self._show_progress()

    def _set_bar(self) -> None:
        writable = not self._context.project.read_only
        shown = writable and self._context.preferences.settings.selection_bar
        self.view.set_suggestions(self.desk.suggest if shown else None)


class Texts(Split):
    """The pane that has the keyboard, or had it last, is the current one."""

    made = Signal(object)
    """A `TextPane` was made."""
    currentChanged = Signal()
    """Another pane is the current one."""

    def __init__(self, context: Context, sight: Sight) -> None:
        super().__init__(Qt.Orientation.Horizontal, "read-beside", [430, 430])
        self._context, self._sight, self._traces = context, sight, Traces()
        self._panes = [TextPane(context, sight, self._traces)]
        self._current = self._panes[0]
        self.addWidget(self._current)
        self._current.closeRequested.connect(self._close)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_went)

    @property
    def current(self) -> TextPane:
        """The pane that keys and menus are about."""
        return self._current

    def panes(self) -> list[TextPane]:
        """The panes that are seen, from left to right."""
        return self._panes if self.is_beside() else self._panes[:1]

    def is_beside(self) -> bool:
        """Whether two texts are seen."""
        return len(self._panes) > 1 and self._panes[1].isVisibleTo(self)

    def set_beside(self, wanted: bool) -> None:
        """Show a second text beside the first, or only the current one."""
        if wanted == self.is_beside():
            return
        place = self._current.place()
        if wanted:
            self._show_second(place)
        elif self._current is not self._panes[0] and place:
            self._panes[0].feed.show(place)
        if not wanted:
            self._panes[1].hide()
        self._make_current(self._panes[1 if wanted else 0])
        self._current.view.setFocus()

    def _show_second(self, place: Place | None) -> None:
        if len(self._panes) == 1:
            second = TextPane(self._context, self._sight, self._traces)
            self._panes.append(second)
            self.addWidget(second)
            second.closeRequested.connect(self._close)
            self.made.emit(second)
            self.begin()
        self._panes[1].show()
        if place:
            self._panes[1].feed.show(place)

    def _close(self, pane: TextPane) -> None:
        """Keep the other of two texts."""
        if self.is_beside():
            self._make_current(self._panes[0 if pane is self._panes[1] else 1])
            self.set_beside(False)

    def _focus_went(self, _before: QWidget | None, now: QWidget | None) -> None:
        for pane in self.panes():
            if now is not None and pane.isAncestorOf(now):
                self._make_current(pane)

    def _make_current(self, pane: TextPane) -> None:
        for one in self._panes:
            restyle(one.head, "current", self.is_beside() and one is pane)
            one.head.close_beside.setVisible(self.is_beside())
        if pane is not self._current:
            self._current = pane
            self.currentChanged.emit()
