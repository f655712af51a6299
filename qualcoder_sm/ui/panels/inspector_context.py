"""The rest of the inspector: the memo, the post, and the same code elsewhere."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Code, Coding, Unit
from qualcoder_sm.project import elsewhere
from qualcoder_sm.project.locators import locator
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.panels import whose
from qualcoder_sm.ui.panels.inspector_parts import Field, pair
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.widgets import Elided, Section, clear, column, label

REST = 1500
_SHOWN = 3
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class MemoRequest:
    """Write this memo on a coding."""

    coding: str
    text: str


class MemoSection(Section):
    """The memo on the current coding: kept when the pen rests and when the field is left."""

    memoChanged = Signal(object)
    """`MemoRequest`."""

    def __init__(self) -> None:
        super().__init__(tr("Memo"))
        self._coding = ""
        self.field = Field(tr("Memo on this coding"), "memo", rest=REST, returns=True)
        self.field.setPlaceholderText(tr("What strikes you here"))
        self.field.committed.connect(self._tell)
        self.content.addWidget(self.field)

    def show_memo(self, coding: Coding | None, fixed: str = "") -> None:
        """Show the memo on a coding; None hides the section. `fixed` says why it is read only."""
        if self._coding and (coding is None or coding.guid != self._coding):
            self.field.commit()
        self._coding = coding.guid if coding else ""
        self.setVisible(coding is not None)
        if coding is not None:
            self.field.give(coding.memo)
            self.field.setReadOnly(bool(fixed))
            self.field.setToolTip(fixed)
            when = coding.created.astimezone()
            self.note.setText(f"{when.day} {when:%B, %H:%M}")

    def commit(self) -> None:
        """Keep what was written."""
        self.field.commit()

    def _tell(self) -> None:
        if self._coding:
            self.memoChanged.emit(MemoRequest(self._coding, self.field.text()))


class PostSection(Section):
    """Who wrote the post, when, and what it answers."""

    def __init__(self) -> None:
        super().__init__("")
        self.content.setSpacing(0)
        self._shown: tuple[object, ...] = ()

    def show_post(self, unit: Unit | None, parent: Unit | None) -> None:
        """Show a post; None hides the section."""
        self.setVisible(unit is not None)
        if unit is None or (unit, parent) == self._shown:
            return
        self._shown = (unit, parent)
        self.set_title(tr("Post {id}", id=unit.external_id or unit.ordinal + 1))
        clear(self.content)
        for name, value in _facts(unit, parent):
            if value:
                self.content.addWidget(pair(name, value))


class ElsewhereSection(Section):
    """Whose codings there are with a code, and three passages that carry it in other places.

    A theme has none itself: what the codes below it carry stands for it.
    """

    openRequested = Signal(object)
    """`Place` of a passage."""

    def __init__(self, project: Project) -> None:
        super().__init__(tr("Elsewhere with this code"))
        self._project = project
        self._shown: tuple[str, str, str] | None = None
        self.content.setSpacing(8)

    def forget(self) -> None:
        """Codings changed: look again at the next show."""
        self._shown = None

    def show_code(self, code: Code | None, here: Coding | None, counted: str | None) -> None:
        """Show where else a code stands; None hides the section."""
        self.setVisible(code is not None)
        state = (code.guid if code else "", here.guid if here else "", counted or "")
        if code is None or state == self._shown:
            return
        self._shown = state
        clear(self.content)
        self.set_title(tr("Elsewhere with this code") if code.codable else tr("Below this theme"))
        self.note.setText(self._number(code, counted))
        self.content.addWidget(label(whose.of_code(self._project, code.guid), "muted", wrap=True))
        shown = self._found(code, here, counted)
        for coding in shown:
            self.content.addWidget(self._passage(coding))
        if not shown:
            self.content.addWidget(label(tr("Nowhere else yet."), "muted"))

    def _number(self, code: Code, counted: str | None) -> str:
        """For example "62 in 12 sources", of a theme "31 below, in 6 sources"."""
        codebook = self._project.codebook
        codes = [code.guid]
        if not code.codable:
            codes += [one.guid for one in codebook.below(code.guid)]
        n, sources = codebook.reach(codes, coder=counted)
        where = ntr("{n} source", "{n} sources", sources)
        if code.codable:
            return tr("{n} in {where}", n=f"{n:,}", where=where)
        return tr("{n} below, in {where}", n=f"{n:,}", where=where)

    def _found(self, code: Code, here: Coding | None, counted: str | None) -> list[Coding]:
        below = [] if code.codable else self._project.codebook.below(code.guid)
        codes = [one.guid for one in (code, *below)]
        return elsewhere.passages(self._project, codes, _SHOWN, counted, here)

    def _passage(self, coding: Coding) -> "Passage":
        source = self._project.sources.get(coding.source)
        words = self._project.sources.text(coding.source)[coding.start : coding.end]
        words = words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
        at = locator(self._project, coding.source, coding.start)
        where = f"{source.name}, {at}"
        passage = Passage(Place(coding.source, coding.start, coding.end), words, where)
        passage.pressed.connect(self.openRequested)
        return passage


class Passage(QFrame):
    """Words with their place; a press goes there."""

    pressed = Signal(object)

    def __init__(self, place: Place, words: str, where: str) -> None:
        super().__init__()
        self._place = place
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("{where}: {words}", where=where, words=words))
        quoted = label(f"“{words}”", "quote", wrap=True)
        self.setLayout(column(quoted, 2, Elided(where, "muted")))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        self.pressed.emit(self._place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space go there too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space):
            self.pressed.emit(self._place)
        else:
            super().keyPressEvent(event)


def _facts(unit: Unit, parent: Unit | None) -> list[tuple[str, str]]:
    author = ", ".join(part for part in (unit.speaker or "", unit.told_role) if part)
    written = f"{unit.at.day} {unit.at:%B %Y, %H:%M}" if unit.at else ""
    answers = parent.speaker or parent.external_id if parent else unit.answers
    reactions = "" if unit.reactions is None else f"{unit.reactions:,}"
    return [
        (tr("Author"), author),
        (tr("Written"), written),
        (tr("Answers"), answers),
        (tr("Feature"), unit.feature),
        (tr("Reactions"), reactions),
    ]
