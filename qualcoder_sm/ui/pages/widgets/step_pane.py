"""One step of the trail: when, what kind, what it changed, why, and the way to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.audit import sentence
from qualcoder_sm.project.steps import STEPS
from qualcoder_sm.ui import icons
from qualcoder_sm.ui.pages.trail_story import can_be_undone
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.widgets import Banner, button, clear, column, label, row, surface

if TYPE_CHECKING:
    from qualcoder_sm.project.audit import Told
    from qualcoder_sm.project.differences import Difference
    from qualcoder_sm.store.trail import Record
    from qualcoder_sm.ui.theme import ThemeManager

_KEYS = 78


class StepPane(QWidget):
    """The pane at the right."""

    undoRequested = Signal(object)
    """Number of the step to take back."""

    def __init__(self, theme: ThemeManager) -> None:
        super().__init__()
        self._theme = theme
        self._story: Told | None = None
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.banner = Banner()
        self.undo = button(tr("Undo this step…"))
        self.undo.setIcon(icons.icon("arrow-counter-clockwise"))
        self.undo.clicked.connect(self._ask_undo)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(0)
        inside = surface("panel")
        inside.setLayout(self._parts)
        self._parts.setContentsMargins(0, 0, 0, 12)
        area = QScrollArea()
        area.setAccessibleName(tr("What the step changed"))
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self._hint = label(tr("Choose a step to see what it changed."), "muted", wrap=True)
        self._hint.setContentsMargins(16, 16, 16, 0)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._foot = surface("panel")
        self._foot.setLayout(row(self.undo, 0, margins=(16, 10, 16, 14)))
        self._area = area
        self.setLayout(stretched(column(self.banner, area, self._hint, self._foot), 1, 2))
        self.setMinimumWidth(240)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No step is chosen; nothing of the last one is kept."""
        self._story = None
        clear(self._parts)
        self._area.hide()
        self._foot.hide()
        self.banner.hide()
        self._hint.show()

    def show_story(self, story: Told, *, read_only: bool) -> None:
        """Show a step."""
        self._story = story
        self._hint.hide()
        self._area.show()
        self._foot.show()
        self.banner.hide()
        clear(self._parts)
        self._parts.addWidget(self._facts(story.record))
        self._parts.addWidget(self._change(story))
        if story.record.reason:
            self._parts.addWidget(self._reason(story.record.reason))
        self._parts.addStretch(1)
        undoable = can_be_undone(story.record)
        self.undo.setEnabled(undoable and not read_only)
        self.undo.setToolTip(_why_not(undoable=undoable, read_only=read_only))

    def can_undo(self) -> bool:
        """Whether the step shown can be taken back."""
        return self._story is not None and self.undo.isEnabled()

    def refuse(self, why: str) -> None:
        """Say why the step was not taken back."""
        self.banner.show_sentence(why)

    def words(self) -> list[str]:
        """Everything that is said of the step."""
        return [one.text() for one in self._area.findChildren(QLabel) if not one.isHidden()]

    def _facts(self, record: Record) -> QWidget:
        part = surface("panel", "bottom")
        step = STEPS.get(record.action)
        kind = (
            tr("{subject}, {kind}", subject=step.subject.value, kind=step.audit_class.value)
            if step
            else ""
        )
        at = record.at.astimezone()
        rows = [
            (tr("When"), f"{at.day} {at:%B %Y, %H:%M:%S}"),
            (tr("Kind"), kind),
            (tr("Takes back"), tr("step {n}", n=f"{record.undo_of:,}") if record.undo_of else ""),
            (tr("Rows"), ntr("{n} row", "{n} rows", record.rows)),
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, _KEYS)
        grid.setColumnStretch(1, 1)
        for number, (name, value) in enumerate(one for one in rows if one[1]):
            grid.addWidget(label(name, "small"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(value, wrap=True), number, 1)
        for name, digest in ((tr("Digest"), record.hash), (tr("Follows"), record.previous)):
            number = grid.rowCount()
            grid.addWidget(label(name, "small"), number, 0)
            grid.addWidget(self._digest(digest), number, 1)
        title = label(tr("Step {n}", n=f"{record.seq:,}"), "head")
        body = column(title, 8, label(sentence(record), wrap=True), 10, margins=(16, 12, 16, 16))
        body.addLayout(grid)
        part.setLayout(body)
        return part

    def _digest(self, digest: str) -> QLabel:
        made = label(_short(digest) if digest else tr("nothing, it is the first"))
        made.setFont(self._theme.theme.digest_font())
        made.setToolTip(digest)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def _change(self, story: Told) -> QWidget:
        part = surface("panel", "bottom")
        body = column(label(tr("Before and after"), "head"), 8, margins=(16, 12, 16, 14))
        if story.differences is None:
            body.addWidget(label(story.changes, "muted", wrap=True))
        for difference in story.differences or ():
            body.addLayout(self._difference(difference))
        if story.more and story.differences is not None:
            body.addWidget(label(ntr("and {n} more row", "and {n} more rows", story.more), "muted"))
        part.setLayout(body)
        return part

    def _difference(self, difference: Difference) -> QVBoxLayout:
        if difference.before is None or difference.after is None:
            became = tr("added") if difference.before is None else tr("deleted")
            head = row(label(difference.thing, wrap=True), 8, label(became, "muted"))
            told = [f"{field.name}: {field.after or field.before}" for field in difference.fields]
            lines = [label(words, "muted", wrap=True) for words in told]
            return column(stretched(head, 0), *lines, 8)
        body = column()
        for field in difference.fields:
            what = tr("{thing}, {field}", thing=difference.thing, field=field.name)
            body.addWidget(label(what, "muted", wrap=True))
            for name, words in ((tr("before"), field.before), (tr("after"), field.after)):
                caption = label(name, "small")
                caption.setFixedWidth(46)
                caption.setAlignment(Qt.AlignmentFlag.AlignTop)
                shown = label(words or tr("(empty)"), wrap=True)
                body.addLayout(stretched(row(caption, 4, shown), 2))
            body.addSpacing(8)
        return body

    def _reason(self, reason: str) -> QWidget:
        part = surface("panel", "bottom")
        quote = label(reason, "quote", wrap=True)
        card = surface("paper")
        card.setProperty("card", "memo")
        card.setLayout(row(quote, margins=(12, 8, 12, 8)))
        part.setLayout(column(label(tr("Reason"), "head"), 8, card, margins=(16, 12, 16, 14)))
        return part

    def _ask_undo(self) -> None:
        if self._story:
            self.undoRequested.emit(self._story.record.seq)


def _short(digest: str) -> str:
    return f"{digest[:4]} {digest[4:8]} … {digest[-4:]}"


def _why_not(*, undoable: bool, read_only: bool) -> str:
    if read_only:
        return tr("The project is open for reading only.")
    return "" if undoable else tr("This kind of step is never taken back.")
