"""Find and code: a rule proposes passages, the researcher looks them through, one step codes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.ui.dialogs.autocode_form import AutocodeForm
from qualcoder_sm.ui.dialogs.proposals import ProposalList
from qualcoder_sm.ui.geometry import resize_within_screen
from qualcoder_sm.ui.pages.widgets.coded_text import CodedText, Mark, Words
from qualcoder_sm.ui.pages.widgets.latest import Latest, on_copy
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.pages.widgets.states import States
from qualcoder_sm.ui.reason import ReasonField, reasoned
from qualcoder_sm.ui.widgets import (
    Banner,
    button,
    column,
    label,
    link,
    row,
    surface,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from qualcoder_sm.errors import QualCoderError
    from qualcoder_sm.model import Change
    from qualcoder_sm.project.autocode import Applied, Proposal
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.ui.context import Context
    from qualcoder_sm.ui.dialogs.autocode_form import Asked

_SETTLE = 350
_LONGEST = 600


class AutocodeDialog(QDialog):
    """The rule at the left, what it proposes at the right. Nothing is coded before the button."""

    openRequested = Signal(object)
    """`Place` of a proposed passage, to see it in its text."""
    said = Signal(object)
    """What was done, for the status line."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asked: Asked | None = None
        self.form = AutocodeForm(context.project, context.theme.theme)
        self.list = ProposalList(context.theme)
        self.banner = Banner()
        self.count, self.reason = label("", "strong"), ReasonField()
        self.whole = CodedText(context.theme, tr("The passage in its context"))
        self.all, self.none = link(tr("Tick all")), link(tr("Tick none"))
        self.go, self.leave = button("", primary=True), button(tr("Cancel"))
        self.go.setAutoDefault(False)  # Enter belongs to the fields and the list
        self.go.setDefault(False)
        self._finding, self._coding = Latest(context.tasks, self), Latest(context.tasks, self)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._build()
        self._connect()
        self._show_missing()

    def _build(self) -> None:
        self.setWindowTitle(tr("Find and code"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within_screen(self, 1040, 680)
        left = surface("panel", "right")
        left.setLayout(column(self.form))
        left.setFixedWidth(round(320 * self._context.theme.theme.ui_scale))
        head = row(self.count, 0, self.all, 8, self.none, margins=(16, 10, 16, 8))
        self.whole.setFixedHeight(96)
        below = surface("panel", "top")
        below.setLayout(column(self.whole, margins=(16, 10, 16, 6)))
        found = surface("paper")
        found.setLayout(stretched(column(head, self.list, below), 1))
        self.states = States(found, self._context.tasks)
        foot = surface("window", "top")
        kept = label(tr("One step in the audit trail. It can be undone as a whole."), "muted")
        foot.setLayout(row(kept, 16, self.reason, 16, self.leave, 8, self.go,
                           margins=(20, 10, 20, 10), stretch=2))  # fmt: skip
        middle = stretched(row(left, self.states), 1)
        self.setLayout(stretched(column(self.banner, middle, foot), 1))

    def _connect(self) -> None:
        self.form.changed.connect(self._ask_later)
        self._settle.timeout.connect(self._ask)
        self._finding.ready.connect(self._show)
        self._finding.failed.connect(self._refuse)
        self._finding.slow.connect(self._wait)
        self._coding.ready.connect(self._tell)
        self._coding.failed.connect(self._refuse_coding)
        self.states.cancelled.connect(self._stop)
        self.list.proposals.counted.connect(self._show_count)
        self.list.currentMoved.connect(self._show_whole)
        self.list.openRequested.connect(self.openRequested)
        self.all.clicked.connect(self.list.tick_all)
        self.none.clicked.connect(self.list.tick_none)
        self.leave.clicked.connect(self.close)
        self.go.clicked.connect(self.apply)
        self._context.bridge.changed.connect(self._follow)

    def choose_code(self, code: str) -> None:
        """Begin with this code."""
        self.form.code.choose(code)
        self._show_missing()
        if self.form.code.code():
            self.form.words.setFocus()

    def apply(self) -> None:
        """Code what is ticked, in the worker."""
        chosen = self.list.proposals.chosen()
        asked = self._asked
        if asked is None or not chosen:
            return
        self._settle.stop()
        self.go.setEnabled(False)
        self.go.setText(tr("Coding …"))
        self.form.setEnabled(False)
        project = self._context.project
        self._coding.ask(
            reasoned, project, self.reason.text(), project.autocode.apply, asked.code, chosen,
            asked.rule, asked.scope, work=tr("The coding"),
        )  # fmt: skip

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for nothing any longer."""
        self._finding.drop()
        super().closeEvent(event)

    def look_again(self) -> None:
        """Somebody else codes, who may have coded other passages already."""
        self._settle.start()

    def _ask_later(self) -> None:
        self.list.proposals.forget_ticks()
        self.banner.hide()
        self.go.setEnabled(False)
        self._settle.start()

    def _ask(self) -> None:
        self._asked = self.form.asked()
        if self._asked is None:
            self._finding.drop()
            self._show_missing()
            return
        project = self._context.project
        self._finding.ask(
            on_copy, project.path, _proposed, project.coder.guid, self._asked, reports=True
        )

    def _show_missing(self) -> None:
        self.list.proposals.show_proposals((), {})
        self.states.show_empty(
            self.form.missing(),
            tr("Every passage is shown with its context before anything is coded."),
        )
        self._show_count()

    def _show(self, proposals: list[Proposal]) -> None:
        project = self._context.project
        names = {source.guid: source.name for source in project.sources.all()}
        if self._asked is not None:
            self.list.set_color(project.codebook.get(self._asked.code).color)
        self.list.proposals.show_proposals(proposals, names)
        if proposals:
            self.states.show_content()
            self.list.setCurrentIndex(self.list.proposals.index(0, 0))
        else:
            self.states.show_empty(tr("Nothing fits this rule."), tr("Nothing has been changed."))
        self._show_whole()

    def _show_count(self) -> None:
        model = self.list.proposals
        found, ticked = model.rowCount(), model.ticked
        told = ntr("{n} passage found", "{n} passages found", found)
        if model.already:
            told = tr("{told}, {already} coded already", told=told, already=f"{model.already:,}")
        self.count.setText(told)
        self.go.setText(ntr("Code {n} passage", "Code {n} passages", ticked))
        self.go.setEnabled(ticked > 0 and not self._context.project.read_only)
        if self._context.project.read_only:
            self.go.setToolTip(tr("This project is open for reading only."))

    def _show_whole(self) -> None:
        at = self.list.currentIndex()
        if not at.isValid() or self._asked is None:
            self.whole.show_words()
            return
        hit = self.list.proposals.proposal(at.row()).hit
        words = hit.words if len(hit.words) <= _LONGEST else hit.words[:_LONGEST].rstrip() + "…"
        start = len(hit.before)
        mark = Mark(start, start + len(words), self.list.color())
        self.whole.show_words(Words(f"{hit.before}{words}{hit.after}", (mark,)))

    def _wait(self) -> None:
        self.states.show_loading(tr("Looking for passages …"))

    def _stop(self) -> None:
        self._finding.drop()
        self.states.show_empty(tr("Stopped. Nothing has been changed."))

    def _refuse(self, error: QualCoderError) -> None:
        self.list.proposals.show_proposals((), {})
        self.states.show_empty(str(error), tr("Nothing has been changed."))

    def _tell(self, applied: Applied) -> None:
        said = ntr("{n} passage coded.", "{n} passages coded.", len(applied.codings))
        if applied.skipped:
            there = ntr("{n} was coded already.", "{n} were coded already.", applied.skipped)
            said = f"{said} {there}"
        self.said.emit(said)
        self.close()

    def _refuse_coding(self, error: QualCoderError) -> None:
        self.form.setEnabled(True)
        self._show_count()
        self.banner.show_sentence(str(error))

    def _follow(self, change: Change) -> None:
        if change.touches("codings", "sources", "codes") and not self._coding.waiting:
            self._settle.start()


def _proposed(
    project: Project, coder: str, asked: Asked, progress: Callable[[int, int, str], bool]
) -> list[Proposal]:
    """In the worker: the proposals, as this coder would make them."""
    project.act_as(coder)

    def goes_on(done: int, total: int) -> bool:
        return progress(
            done, total, tr("Looking in text {n} of {total} …", n=done + 1, total=total)
        )

    return project.autocode.proposals(asked.rule, asked.scope, asked.code, asked.sources, goes_on)
