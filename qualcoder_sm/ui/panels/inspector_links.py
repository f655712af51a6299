"""The inspector's links: where the current coding leads, and what leads to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Coding
from qualcoder_sm.project.links import CodingLink
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.bridge import ProjectBridge
from qualcoder_sm.ui.panels.inspector_parts import CodingRow
from qualcoder_sm.ui.reading import LinkMark
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.theme import Theme
from qualcoder_sm.ui.widgets import Section, clear, label, row, tool


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """A link as it is told at one of its ends."""

    link: CodingLink
    words: str
    color: str
    place: Place
    mine: bool


class LinksSection(Section):
    """A line for each link: a press goes to its other end; a memo, and away with it."""

    openRequested = Signal(object)
    """`Place` of the other passage."""
    failed = Signal(object)
    """A `QualCoderError`."""

    def __init__(self, bridge: ProjectBridge) -> None:
        super().__init__(tr("Links"))
        self._bridge, self._project = bridge, bridge.project
        self._shown: tuple[str, Theme, tuple[LinkEnd, ...]] | None = None
        self.content.setSpacing(2)

    def show_coding(self, coding: Coding | None, theme: Theme, *, editable: bool) -> None:
        """Show the links of a coding; without any, the section is hidden."""
        found = self._project.links.of_coding(coding.guid) if coding else []
        ends = tuple(end_of(self._project, one, coding.guid) for one in found) if coding else ()
        self.setVisible(bool(ends))
        state = (coding.guid if coding else "", theme, ends)
        if state == self._shown:
            return
        self._shown = state
        clear(self.content)
        for end in ends:
            self.content.addLayout(row(*self._parts(end, theme, editable and end.mine), stretch=0))
            if end.link.memo:
                self.content.addWidget(label(end.link.memo, "muted", wrap=True))

    def _parts(self, end: LinkEnd, theme: Theme, editable: bool) -> list[QWidget]:
        go = CodingRow(theme, end.link.guid, end.words, end.color, "", current=False)
        go.pressed.connect(self._go)
        if not editable:
            return [go]
        memo = tool("note-pencil", tr("Memo on this link: {link}", link=end.words))
        away = tool("x", tr("Remove this link: {link}", link=end.words))
        memo.clicked.connect(self._write)
        away.clicked.connect(self._remove)
        for made in (memo, away):
            made.setProperty("link_end", end.link.guid)
        return [go, memo, away]

    def _end(self) -> LinkEnd | None:
        return self._end_of(self.sender().property("link_end"))

    def _end_of(self, guid: object) -> LinkEnd | None:
        ends = self._shown[2] if self._shown else ()
        return next((end for end in ends if end.link.guid == guid), None)

    def _go(self, guid: str) -> None:
        end = self._end_of(guid)
        if end is not None:
            self.openRequested.emit(end.place)

    def _write(self) -> None:
        end = self._end()
        if end is None:
            return
        title, now = tr("Memo on the link"), end.link.memo
        typed = messages.ask_text(self, title, end.words, now, tr("Keep this memo"))
        if typed is not None:
            edit = partial(self._project.links.edit, end.link.guid, memo=typed)
            self._bridge.take(edit, failed=self.failed.emit)

    def _remove(self) -> None:
        end = self._end()
        if end is not None:
            remove = self._project.links.remove
            self._bridge.take(remove, end.link.guid, failed=self.failed.emit)


def end_of(project: Project, one: CodingLink, here: str) -> LinkEnd:
    """A link as it is told at the coding `here`: with the code and the source of the other end."""
    leaves = one.origin == here
    other = project.codings.get(one.target if leaves else one.origin)
    code = project.codebook.get(other.code)
    name = code.name
    this = project.codings.get(here)
    where = "" if other.source == this.source else project.sources.get(other.source).name
    told = tr("{kind} {code}", kind=one.kind, code=name)
    words = told if leaves else tr("{code} {kind} this", code=name, kind=one.kind)
    words = tr("{link} ({source})", link=words, source=where) if where else words
    place = Place(other.source, other.start, other.end)
    return LinkEnd(one, words, code.color, place, one.coder == project.coder.guid)


def link_marks(
    project: Project, links: Sequence[CodingLink], here: Callable[[str], Coding | None]
) -> list[LinkMark]:
    """Links as they are drawn beside a text; `here` gives its own codings by guid."""
    names = {code.guid: code.name for code in project.codebook.codes()}
    marks: list[LinkMark] = []
    for one in links:
        ends = [here(guid) or project.codings.get(guid) for guid in (one.origin, one.target)]
        first, second = (names[coding.code] for coding in ends)
        words = tr("{code} {kind} {other}", code=first, kind=one.kind, other=second)
        far = next((coding for coding in ends if here(coding.guid) is None), None)
        if far is not None:
            source = project.sources.get(far.source).name
            words = tr("{link} ({source})", link=words, source=source)
        marks.append(LinkMark(one.guid, one.origin, one.target, words, far.guid if far else ""))
    return marks
