"""The first page: what can be begun, what was open lately, and where things are kept."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

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


class Card(QPushButton):
    """A large row: icon, what it does, a line about it, its key."""

    def __init__(self, icon: str, title: str, about: str, shortcut: str) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
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


class RecentCard(QPushButton):
    """A project that was open lately; struck through when its file is gone."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.setProperty("card", True)
        there = path.exists()
        title = label(path.stem, "strong")
        if not there:
            font = title.font()
            font.setStrikeOut(True)
            title.setFont(font)
        where = str(path.parent) if there else tr("not found, look for it")
        self.setAccessibleName(f"{path.stem}, {where}")
        self.setFixedWidth(WIDTH)
        self.setMinimumHeight(40)
        self.setLayout(row(title, 12, Elided(where, "muted"), margins=(24, 6, 18, 6), stretch=2))
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


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
        for path in settings.recent:
            card = RecentCard(Path(path))
            card.clicked.connect(self._open_recent)
            self._recent.addWidget(card)
        if settings.recent:
            self._recent.insertWidget(0, label(tr("Recent projects"), "head"))
            self._recent.addSpacing(14)

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
        middle = row(0, column(0, inner, 0), 0)
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
