"""The inspector's codings: what stands on the selected words, or around the caret."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Code, Coding, Polarity
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.panels.inspector_parts import CodingRow
from qualcoder_sm.ui.theme import Theme
from qualcoder_sm.ui.widgets import Section, button, clear, label, row

_WORDS = {
    Polarity.SUPPORTS: "supports",
    Polarity.CONTRADICTS: "contradicts",
    Polarity.MIXED: "mixed",
}
_MOST = 12


class CodingsSection(Section):
    """A row for each coding; the current one tells who made it and when."""

    chosen = Signal(object)
    """Guid of the coding that was pressed."""
    wholeUnitRequested = Signal()
    """The whole post shall be selected."""

    def __init__(self, project: Project) -> None:
        super().__init__(tr("Codings in the selection"))
        self._project = project
        self._shown: tuple[object, ...] = ()
        self._current_row: CodingRow | None = None
        self.content.setSpacing(2)

    def show_codings(
        self, codings: Sequence[Coding], current: str, theme: Theme, codes: Mapping[str, Code], *,
        title: str, post: bool,
    ) -> None:  # fmt: skip
        """Show these codings; `post` offers to code a post as a whole."""
        coder = self._project.coder.guid
        state = (tuple(codings), current, theme, title, post, tuple(codes.values()), coder)
        if state == self._shown:
            return
        self._shown = state
        self.set_title(title)
        held = self.isAncestorOf(QApplication.focusWidget() or self)
        clear(self.content)
        self._current_row = None
        coders = {coder.guid: coder.name for coder in self._project.coders.all()}
        for coding in codings[:_MOST]:
            self._add(coding, current, theme, codes, coders)
        if len(codings) > _MOST:
            rest = ntr("and {n} more coding", "and {n} more codings", len(codings) - _MOST)
            self.content.addWidget(label(rest, "muted"))
        if not codings:
            self.content.addWidget(label(tr("No coding here."), "muted"))
        if post:
            self._offer_whole_post()
        if held and self._current_row:
            self._current_row.setFocus()

    def _add(
        self,
        coding: Coding,
        current: str,
        theme: Theme,
        codes: Mapping[str, Code],
        coders: Mapping[str, str],
    ) -> None:
        code = codes.get(coding.code)
        if code is None:
            return
        said = _WORDS[coding.polarity] if coding.polarity else ""
        note = f"{tr(said) if said else ''}  {initials(coders.get(coding.coder, ''))}".strip()
        made = CodingRow(
            theme, coding.guid, code.name, code.color, note, current=coding.guid == current
        )
        made.pressed.connect(self.chosen)
        self.content.addWidget(made)
        if coding.guid == current:
            self._current_row = made
            told = label(self._told(coding, coders), "muted", wrap=True)
            told.setContentsMargins(6, 0, 6, 4)
            self.content.addWidget(told)

    def _told(self, coding: Coding, coders: Mapping[str, str]) -> str:
        mine = coding.coder == self._project.coder.guid
        who = tr("you") if mine else coders.get(coding.coder, "")
        when = coding.created.astimezone()
        long = ntr("{n} character", "{n} characters", coding.end - coding.start)
        return tr("Coded by {who} on {day} {month}, {long}.", who=who, day=when.day,
                  month=when.strftime("%B"), long=long)  # fmt: skip

    def _offer_whole_post(self) -> None:
        whole = button(tr("Select the whole post"))
        whole.clicked.connect(self.wholeUnitRequested)
        self.content.addSpacing(6)
        self.content.addLayout(row(whole, 0))


def initials(name: str) -> str:
    """The first letters of a name's first and last word."""
    words = name.split()
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))
