"""The first page: what can be begun, what was open lately, and where things are kept."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from qualcoder_sm import __version__
from qualcoder_sm.i18n import tr
from qualcoder_sm.settings import Settings
from qualcoder_sm.ui import icons
from qualcoder_sm.ui.widgets import (
    Banner,
    Elided,
    clear,
    column,
    key_cap,
    label,
    link,
    row,
    surface,
)

WIDTH = 560


class _Line(QPushButton):
    """A button that Enter presses, and that a small screen does not squeeze."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def event(self, event: QEvent) -> bool:
        """The style sets a least height for all buttons; a card's is that of its words."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Polish, QEvent.Type.StyleChange, QEvent.Type.LayoutRequest):
            self.setMinimumHeight(self.sizeHint().height())
        return done


class Card(_Line):
    """A large row: icon, what it does, a line about it, its key."""

    def __init__(self, icon: str, title: str, about: str, shortcut: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        picture = icons.Picture(icon, 24, icons.Role.WindowText)
        words = column(label(title, "strong"), 3, label(about, "muted"))
        layout = row(picture, 18, words, 0, margins=(24, 12, 18, 12))
        if shortcut:
            layout.addWidget(key_cap(shortcut))
        self.setLayout(layout)
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As wide as the page's column, as high as what is in it."""
        inside = self.layout()
        return QSize(WIDTH, inside.sizeHint().height() + 4 if inside else 64)


class RecentCard(_Line):
    """A project that was open lately; struck through when its file is gone."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        there = path.exists()
        title = Elided(path.stem, "strong", keeps=True)
        if not there:
            font = title.font()
            font.setStrikeOut(True)
            title.setFont(font)
        where = str(path.parent) if there else tr("not found, look for it")
        self.setAccessibleName(f"{path.stem}, {where}")
        self.setToolTip(str(path))
        place = Elided(where, "muted") if there else label(where, "muted")
        self.setLayout(row(title, 12, place, 0, margins=(24, 6, 18, 6), stretch=2 if there else 3))
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As wide as the page's column, as high as its line and the air around it."""
        inside = self.layout()
        return QSize(WIDTH, max(40, inside.sizeHint().height() + 4) if inside else 40)


class StartPage(QWidget):
    """New, open, demonstration; recent projects come first when there are any."""

    newRequested = Signal()
    openRequested = Signal()
    demoRequested = Signal()
    recentRequested = Signal(object)
    """`Path` of a project."""
    coderRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner()
        self.new = Card("file-plus", tr("New project"),
                        tr("Choose a codebook to begin with, or an empty one"), "Ctrl+N")  # fmt: skip
        self.open = Card("folder-open", tr("Open a project…"), tr("A .qsm file"), "Ctrl+O")
        self.demo = Card(
            "book-open",
            tr("Look around in the demonstration study"),
            tr("Invented interviews and invented online groups, already coded"),
            "Ctrl+D",
        )
        self._recent = QVBoxLayout()
        self._recent.setSpacing(6)
        self._you = label("")
        self._change = link(tr("Change"))
        self.status = label(tr("No project is open"), "muted")
        self._build()
        self._connect()

    def show_settings(self, settings: Settings) -> None:
        """Show who codes and what was open lately."""
        self._you.setText(tr("You code as {name}.", name=settings.coder))
        clear(self._recent)
        cards = [RecentCard(Path(path)) for path in settings.recent]
        for card in cards:
            card.clicked.connect(self._open_recent)
            self._recent.addWidget(card)
        if settings.recent:
            self._recent.insertWidget(0, label(tr("Recent projects"), "head"))
            self._recent.addSpacing(14)
        self._order((*cards, self.new, self.open, self.demo, self._change))

    def _order(self, stops: Sequence[QWidget]) -> None:
        """Let Tab go from the first to the last, and begin with the first."""
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        if not self.isVisible():
            stops[0].setFocus()

    def _build(self) -> None:
        inner = column(
            label(tr("QualCoder SM"), "brand"),
            6,
            label(tr("Code interviews and online posts with a codebook you can defend."), "lead"),
            26,
        )
        inner.addLayout(self._recent)
        for card in (self.new, self.open, self.demo):
            inner.addWidget(card)
            inner.addSpacing(12)
        inner.addSpacing(14)
        inner.addLayout(_fact("hard-drives", label(
            tr("A project is one file on this computer. The program sends nothing anywhere."))))  # fmt: skip
        inner.addSpacing(10)
        inner.addLayout(_fact("user", self._you, 6, self._change))
        ground = surface("window")
        ground.setLayout(row(0, column(0, inner, 0), 0))
        middle = QScrollArea()
        middle.setWidgetResizable(True)
        middle.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        middle.setWidget(ground)
        foot = surface("window", "top")
        foot.setFixedHeight(28)
        foot.setLayout(row(self.status, 0, label(tr("Version {n}", n=__version__), "muted"),
                           margins=(12, 0, 12, 0)))  # fmt: skip
        self.setLayout(column(self.banner, middle, foot, stretch=1))

    def _connect(self) -> None:
        self.new.clicked.connect(self.newRequested)
        self.open.clicked.connect(self.openRequested)
        self.demo.clicked.connect(self.demoRequested)
        self._change.clicked.connect(self.coderRequested)

    def _open_recent(self) -> None:
        card = self.sender()
        if isinstance(card, RecentCard):
            self.recentRequested.emit(card.path)


def _fact(icon: str, *parts: QWidget | int):  # noqa: ANN202  a layout
    return row(icons.Picture(icon), 14, *parts, 0)
