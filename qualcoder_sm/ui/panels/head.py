"""The middle of the reading page: tabs of open texts, the head of the one shown, first steps."""

from typing import cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QTabBar, QToolButton, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Progress, QuoteRule, Source
from qualcoder_sm.project.quoting import told
from qualcoder_sm.ui import icons
from qualcoder_sm.ui.panels.lock_tag import LockTag
from qualcoder_sm.ui.panels.sources_model import SHAPES, described
from qualcoder_sm.ui.reading import Mode
from qualcoder_sm.ui.widgets import Elided, Segmented, button, column, label, restyle, row, tool

_MODES = (
    ("Highlights", Mode.HIGHLIGHTS),
    ("Stripes", Mode.STRIPES),
    ("Both", Mode.BOTH),
    ("Clean", Mode.CLEAN),
)


_COMPACT_BELOW = 560
_LEAST_ASIDE = 14  # letters


class SourceTabs(QTabBar):
    """A tab for each open source; the current one can be closed."""

    chosen = Signal(object)
    """Guid of the source whose tab is the current one; empty when all are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Open texts"))
        self.setExpanding(False)
        self.setMovable(True)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.currentChanged.connect(self._tell)

    def open(self, source: Source) -> None:
        """Show the tab of a source, making one when there is none."""
        for number in range(self.count()):
            if self.tabData(number) == source.guid:
                self.setCurrentIndex(number)
                return
        self.blockSignals(True)
        number = self.addTab(_on_tab(source.name))
        self.setTabData(number, source.guid)
        self.setTabToolTip(number, source.name)
        self.setCurrentIndex(number)
        self.blockSignals(False)
        self._tell()

    def guids(self) -> list[str]:
        """The open sources, from left to right."""
        return [self.tabData(number) for number in range(self.count())]

    def current(self) -> str:
        """Guid of the current tab's source; empty without one."""
        return self.tabData(self.currentIndex()) or ""

    def rename(self, source: Source) -> None:
        """The source has another name now."""
        for number in range(self.count()):
            if self.tabData(number) == source.guid:
                self.setTabText(number, _on_tab(source.name))
                self.setTabToolTip(number, source.name)

    def close_source(self, guid: str) -> None:
        """Close a source's tab."""
        if guid in self.guids():
            self.removeTab(self.guids().index(guid))

    def close_current(self) -> None:
        """Close the tab of the source shown."""
        if self.count():
            self.removeTab(self.currentIndex())

    def step(self, by: int) -> None:
        """Go to the next or the previous tab, round and round."""
        if self.count():
            self.setCurrentIndex((self.currentIndex() + by) % self.count())

    def _tell(self) -> None:
        side = QTabBar.ButtonPosition.RightSide
        for number in range(self.count()):
            there = cast("QWidget | None", self.tabButton(number, side))
            if number == self.currentIndex():
                if there is None:
                    self.setTabButton(number, side, self._close_button())
            elif there is not None:
                self.setTabButton(number, side, cast("QWidget", None))  # Qt's way to remove it
                there.deleteLater()
        self.chosen.emit(self.current())

    def _close_button(self) -> QToolButton:
        close = tool("x", tr("Close this text"), self)
        close.setObjectName("tabClose")
        close.setFixedSize(20, 20)
        close.clicked.connect(self.close_current)
        return close


class SourceHead(QWidget):
    """Name and description of a source, how it may be quoted, and how its codings are seen."""

    modeChosen = Signal(object)
    """`Mode`."""
    othersToggled = Signal(bool)
    """Whether the codings of other coders shall be shown."""
    progressPressed = Signal()
    """The next state of progress."""
    closePressed = Signal()
    """This one of two texts shall be closed."""

    def __init__(self, filter_button: QWidget) -> None:
        super().__init__()
        self.setProperty("surface", "paper")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.filter = filter_button
        self._several = False
        self.name = Elided("", "strong", keeps=True)
        self.note = _Aside("", "muted")
        self.rule = label("", "tag")
        self.lock = LockTag()
        self.progress, self.others = QToolButton(), QToolButton()
        self.close_beside = tool("x", tr("Close this one of two texts"))
        self.modes = Segmented(
            tr("How codings are shown"), [(tr(word), mode) for word, mode in _MODES]
        )
        self._build()

    def _build(self) -> None:
        self.progress.setToolTip(tr("How far you are with this text. A press goes on to the next."))
        self.progress.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.progress.setIconSize(QSize(14, 14))
        self.progress.clicked.connect(self.progressPressed)
        self.others.setText(" " + tr("Other coders"))
        self.others.setIcon(icons.icon("users"))
        self.others.setIconSize(QSize(16, 16))
        self.others.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.others.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.others.setCheckable(True)
        self.others.setToolTip(tr("Show the codings of other coders, hatched, with initials"))
        self.others.setAccessibleName(tr("Show the codings of other coders"))
        self.others.toggled.connect(self.othersToggled)
        self.modes.chosen.connect(self.modeChosen)
        self.close_beside.clicked.connect(self.closePressed)
        self.close_beside.hide()
        self.setLayout(row(self.name, 8, self.progress, 8, _growing(self.note), 8, self.lock, 6,
                     self.rule, 8, self.filter, 6, self.others, 10, self.modes, self.close_beside,
                     margins=(20, 7, 20, 7), stretch=4))  # fmt: skip

    def show_progress(self, progress: Progress) -> None:
        """Show how far the coder is, as a shape; in words for those who do not see it."""
        self.progress.setIcon(icons.icon(SHAPES[progress]))
        self.progress.setAccessibleName(tr("Progress: {state}", state=tr(progress.value)))

    def show_source(self, source: Source, collection: str) -> None:
        """Show whose text it is."""
        self.name.setText(_short(source.name, 48))
        self.name.setToolTip(source.name)
        described_as = described(source)
        self.note.setText(f"{collection} · {described_as}" if collection else described_as)
        self.lock.setVisible(source.locked)

    def show_rule(self, rule: QuoteRule) -> None:
        """Show how the words of the source may be published; single posts may differ."""
        self.rule.setText(tr(rule.value).capitalize())
        self.rule.setToolTip(told(rule))
        self.rule.setVisible(bool(rule))
        restyle(self.rule, "look", "tag" if rule.allows_words else "warning-tag")

    def show_more(self, several_coders: bool) -> None:
        """Offer to show other coders only when there are any."""
        self._several = several_coders
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside another text there is room for the name and the choice of codes only."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= _COMPACT_BELOW
        self.note.setVisible(wide)
        self.modes.setVisible(wide)
        self.others.setVisible(wide and self._several)


class _Aside(Elided):
    """Left out where no more than its first letters would fit."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, or nothing."""
        least = _LEAST_ASIDE * self.fontMetrics().averageCharWidth()
        if self.width() >= min(self.sizeHint().width(), least):
            super().paintEvent(event)


class FirstSteps(QWidget):
    """What to do in a project that has nothing to read yet, ticked as it is done."""

    importRequested = Signal()
    codebookRequested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.import_texts = button(tr("Import texts…"))
        self.import_texts.clicked.connect(self.importRequested)
        self.codebook = button(tr("Choose a codebook…"))
        self.codebook.clicked.connect(self.codebookRequested)
        self._ticks = [icons.Picture("circle") for _step in range(3)]
        steps = (
            (tr("1  Import transcripts or posts"), self.import_texts),
            (tr("2  Bring a codebook, or write the first code"), self.codebook),
            (tr("3  Open a text, select words, press Enter"), None),
        )
        inner = column(label(tr("Begin here"), "title"), 16)
        self._begin, self._choose = QWidget(), label(tr("Choose a text at the left."), "muted")
        for tick, (words, act) in zip(self._ticks, steps, strict=True):
            inner.addLayout(_step(tick, words, act))
            inner.addSpacing(12)
        self._begin.setLayout(inner)
        self.setLayout(row(0, column(0, self._begin, self._choose, 0, 0), 0))

    def show_done(self, texts: bool, codes: bool, coded: bool) -> None:
        """Tick what is done."""
        for tick, done in zip(self._ticks, (texts, codes, coded), strict=True):
            name = "check-circle" if done else "circle"
            tick.show_icon(name)
            tick.setAccessibleName(tr("done") if done else tr("to do"))
        self.import_texts.setVisible(not texts)
        self.codebook.setVisible(not codes)
        begun = texts and codes and coded
        self._begin.setVisible(not begun)
        self._choose.setVisible(begun)


def _growing(inner: QWidget) -> QWidget:
    """Takes the room that is left, also when what is in it is hidden."""
    made = QWidget()
    made.setLayout(row(inner))
    return made


def _step(tick: QWidget, words: str, act: QPushButton | None):  # noqa: ANN202  a layout
    parts = [tick, 10, label(words), 0]
    return row(*parts, 20, act) if act else row(*parts)


def _on_tab(name: str) -> str:
    """The name with its ampersands shown, where Qt would make keys of them."""
    return _short(name).replace("&", "&&")


def _short(name: str, most: int = 28) -> str:
    """A long name cut at its end; a tab must leave room for others."""
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
