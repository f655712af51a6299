"""The bars of an open project: the words of the pages above, what is known of it below."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy, QToolButton, QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.ui import icons
from qualcoder_sm.ui.widgets import Elided, label, row, tool

_STATUS_SHORT_BELOW = 1200
_MENU_EDGES = 26  # what the style puts around the name of a menu


class FileName(Elided):
    """The project's file at the end of the menus; it takes what room they leave."""

    def __init__(self, menus: QMenuBar) -> None:
        super().__init__("", "muted", middle=True)
        self._menus = menus
        self.setContentsMargins(12, 7, 12, 3)

    def sizeHint(self) -> QSize:
        """The whole name, or what the menus leave of it."""
        hint, metrics = super().sizeHint(), self._menus.fontMetrics()
        names = [action.text().replace("&", "") for action in self._menus.actions()]
        taken = sum(metrics.horizontalAdvance(name) + _MENU_EDGES for name in names)
        return QSize(
            max(0, min(hint.width(), self._menus.width() - taken - _MENU_EDGES)), hint.height()
        )


class PageBar(QWidget):
    """A word for each page, the mark of an invented study, and the search."""

    chosen = Signal(object)
    """Number of the page."""

    def __init__(self, pages: Sequence[str], search: QWidget, tag: str) -> None:
        super().__init__()
        self.setProperty("surface", "window")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = [self._word(number, text) for number, text in enumerate(pages)]
        self._more = tool("dots-three", tr("More pages"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._rest = QMenu(self._more)
        self._rest.triggered.connect(self._choose_rest)
        self._more.setMenu(self._rest)
        self._tag = label(tag, "warning-tag")
        self._long_tag = tag
        self._tag.setVisible(bool(tag))
        self._search = search
        search.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = row(*self._words, self._more, 0, self._tag, 12, search, margins=(12, 0, 12, 0))
        self.setLayout(layout)
        self.setMinimumHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_current(self, number: int) -> None:
        """Underline the word of this page."""
        for place, word in enumerate(self._words):
            word.setChecked(place == number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type needs other room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """Words that do not fit go into the menu at the end; the mark gets shorter, then goes."""
        width = self.width()
        self._search.setFixedWidth(max(140, min(224, width // 5)))
        words = sum(word.sizeHint().width() for word in self._words)
        room = width - self._search.width() - 60
        self._show_tag(room - words)
        self._share(room - (self._tag.sizeHint().width() if self._tag.isVisibleTo(self) else 0))

    def _show_tag(self, room: int) -> None:
        for text in (self._long_tag, tr("[SYNTHETIC] demonstration")):
            self._tag.setText(text)
            if self._tag.sizeHint().width() <= room:
                break
        fits = self._tag.sizeHint().width() <= room
        self._tag.setVisible(bool(self._long_tag) and fits)

    def _share(self, room: int) -> None:
        self._rest.clear()
        for number, word in enumerate(self._words):
            room -= word.sizeHint().width()
            word.setVisible(room >= 0)
            if room < 0:
                self._rest.addAction(word.text()).setData(number)
        self._more.setVisible(not self._rest.isEmpty())

    def _word(self, number: int, text: str) -> QToolButton:
        word = QToolButton()
        word.setText(text.replace("&", "&&"))
        word.setAccessibleName(text)
        word.setToolTip(tr("Ctrl {n}", n=number + 1))
        word.setCheckable(True)
        word.setProperty("page", True)
        word.setProperty("number", number)
        word.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        word.setMinimumHeight(38)
        word.clicked.connect(self._choose)
        return word

    def _choose(self) -> None:
        word = self.sender()
        self.set_current(word.property("number"))
        self.chosen.emit(word.property("number"))

    def _choose_rest(self, action: QAction) -> None:
        self.chosen.emit(action.data())


class StatusBar(QWidget):
    """Who codes, where the caret is, what is selected; the trail, and that all is kept."""

    coderPressed = Signal()
    trailPressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "window")
        self.setProperty("edge", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.coder = self._button("user", tr("Who codes"))
        self.coder.clicked.connect(self.coderPressed)
        self.where = label("", "muted")
        self.selected = label("", "muted")
        self.said = Elided("", "muted")
        self.trail = self._button("check-circle", tr("Audit trail"))
        self.trail.clicked.connect(self.trailPressed)
        self._check = icons.Picture("check", 14)
        self.saved = label("", "muted")
        self._facts, self._unsaved, self._waiting = (0, "", ""), False, 0
        self.setLayout(row(self.coder, 12, self.where, 12, self.selected, 12, self.said, 8, self.trail,
                     10, self._check, 4, self.saved, margins=(8, 0, 12, 0),
                     stretch=6))  # fmt: skip

    def set_coder(self, name: str) -> None:
        """Who takes the steps."""
        self.coder.setText(name.replace("&", "&&"))
        self.coder.setAccessibleName(tr("{name} codes. Press to change.", name=name))

    def set_place(self, where: str, selected: str = "") -> None:
        """Where the caret is, and what is selected."""
        self.where.setText(where)
        self.selected.setText(selected)
        if selected:
            self.said.setText("")

    def say(self, sentence: str) -> None:
        """A quiet sentence, also spoken to those who listen; the next one replaces it."""
        self.said.setText(sentence)
        self.said.setAccessibleName(sentence)
        if sentence and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.said, sentence))

    def set_trail(self, steps: int, head: str, time: str) -> None:
        """How long the trail is, its head, and when the last step was kept."""
        self._facts = (steps, f"{head[:4]} {head[4:8]}", time)
        self._unsaved = False
        self._show_facts()

    def set_unsaved(self) -> None:
        """The last step was not kept; the next one that is says that all is well again."""
        self._unsaved = True
        self._show_facts()

    def set_waiting(self, steps: int) -> None:
        """So many steps wait until a longer one is written."""
        self._waiting = steps
        self._show_facts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words get shorter before anything is cut."""
        super().resizeEvent(event)
        self._show_facts()

    def _show_facts(self) -> None:
        steps, head, time = self._facts
        many = ntr("{n} step", "{n} steps", steps)
        wide = self.width() >= _STATUS_SHORT_BELOW
        if wide:
            self.trail.setText(tr("Audit trail {steps} · head {head}", steps=many, head=head))
        else:
            self.trail.setText(head)
        saved = tr("Every step is saved")
        if self._unsaved:
            saved = tr("The last step was not saved")
        elif self._waiting:
            saved = ntr("{n} step waits to be saved", "{n} steps wait to be saved", self._waiting)
        elif wide:
            saved = tr("{saved} · last {time}", saved=saved, time=time)
        self.saved.setText(saved)
        self._check.show_icon("warning-circle" if self._unsaved or self._waiting else "check")
        said = tr("Audit trail, {steps}, head {head}", steps=many, head=head)
        self.trail.setAccessibleName(said)
        self.trail.setToolTip(said)

    def _button(self, icon: str, name: str) -> QToolButton:
        made = QToolButton()
        made.setProperty("status", True)
        made.setIcon(icons.icon(icon))
        made.setIconSize(QSize(14, 14))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setAccessibleName(name)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made
