"""Linking: from one coding to another, in two steps of the keyboard or one of the mouse."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QMenu, QWidget

from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Change
from qualcoder_sm.project.links import LEADS_TO
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.bridge import ProjectBridge
from qualcoder_sm.ui.reading import LinkRequest, ReadingView
from qualcoder_sm.ui.requests import Place

KINDS = (LEADS_TO, "explains", "contradicts", "is an example of")
_MOST = 12


class KindMenu(QMenu):
    """How the first passage leads to the second; those used before stand first."""

    chosen = Signal(object)
    """The words chosen; empty for others, to be typed."""

    def __init__(self, parent: QWidget, kinds: list[str]) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("How the passages are linked"))
        self.addAction(tr("The first passage …")).setEnabled(False)
        for number, kind in enumerate(kinds[:_MOST], start=1):
            digit = f"&{number}  " if number <= 9 else ""
            self.addAction(digit + kind.replace("&", "&&")).setData(kind)
        self.addSeparator()
        self.addAction(tr("&Other words…")).setData("")
        self.setActiveAction(self.actions()[1])
        self.triggered.connect(self._tell)
        self.aboutToHide.connect(self.deleteLater)

    def _tell(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))


class Linking(QObject):
    """Keeps where a link begins until its end is named, also across texts."""

    said = Signal(object)
    """A quiet sentence."""
    failed = Signal(object)
    """A `QualCoderError` that must be seen."""
    openRequested = Signal(object)
    """`Place` of the passage at the other end of a link."""

    def __init__(self, bridge: ProjectBridge, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge, self._project, self._window = bridge, bridge.project, parent
        self._begun, self._coder = "", bridge.project.coder.guid
        self._wanted = LinkRequest("", "")
        bridge.changed.connect(self._follow)

    @property
    def begun(self) -> str:
        """Guid of the coding at which a link was begun; empty when none was."""
        return self._begun

    def attend(self, view: ReadingView) -> None:
        """Take the wishes of a text."""
        view.linkRequested.connect(self._pressed)
        view.linkDrawn.connect(self._drawn)
        view.linkFollowed.connect(self._go)
        view.dismissed.connect(self.stop)

    def press(self, coding: str, place: QPoint) -> None:
        """Begin a link at a coding, or end the one begun; `place` is where to ask how."""
        if not self._begun:
            self._try(self._begin, coding)
        elif self._begun == coding:
            self.stop()
        else:
            self.ask(LinkRequest(self._begun, coding), place)

    def stop(self) -> None:
        """Begin no link after all."""
        if self._begun:
            self._begun = ""
            self.said.emit(tr("No link was made."))

    def leave(self, coder: str) -> None:
        """Another coder, by guid, codes now: a link begun by the one before is not made."""
        if coder != self._coder:
            self._coder = coder
            self.stop()

    def ask(self, request: LinkRequest, place: QPoint) -> None:
        """Ask how the first leads to the second, then link them."""
        self._wanted = request
        menu = KindMenu(self._window, self.kinds())
        menu.chosen.connect(self._link)
        menu.popup(place)

    def kinds(self) -> list[str]:
        """The words for links: those of the project, the latest first, then the usual ones."""
        used = [link.kind for link in reversed(self._project.links.all())]
        return list(dict.fromkeys([*used, *(tr(kind) for kind in KINDS)]))

    def _pressed(self, coding: str) -> None:
        view = self.sender()
        if isinstance(view, ReadingView):
            self.press(coding, view.caret_on_screen())

    def _drawn(self, request: LinkRequest) -> None:
        self.ask(request, QCursor.pos())

    def _go(self, guid: str) -> None:
        self._try(self._open, guid)

    def _open(self, guid: str) -> None:
        coding = self._project.codings.get(guid)
        self.openRequested.emit(Place(coding.source, coding.start, coding.end))

    def _begin(self, coding: str) -> None:
        code = self._project.codebook.get(self._project.codings.get(coding).code)
        self._begun = coding
        sentence = tr(
            "A link begins at {code}. Go to another coding and press L. Esc: no link.",
            code=code.name,
        )
        self.said.emit(sentence)

    def _link(self, kind: str) -> None:
        typed = kind or messages.ask_text(
            self._window, tr("Link"), tr("The first passage … the second"), "", tr("Link them")
        )
        if typed:
            self._begun = ""
            link, wanted = self._project.links.add, self._wanted
            self._bridge.take(link, wanted.origin, wanted.target, typed, failed=self.failed.emit)

    def _follow(self, change: Change) -> None:
        """A link cannot begin at a coding that is gone."""
        if not self._begun or not change.touches("codings"):
            return
        if any(row.guid == self._begun and row.after is None for row in change.rows):
            self._begun = ""

    def _try(self, act: Callable[..., object], *arguments: object) -> None:
        try:
            act(*arguments)
        except QualCoderError as error:
            self.failed.emit(error)
