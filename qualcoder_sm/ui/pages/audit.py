"""Audit trail: every step as a sentence, whether the chain is whole, and what a step changed."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.audit import findings
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.pages import trail, trail_story
from qualcoder_sm.ui.pages.page import TablePage
from qualcoder_sm.ui.pages.trail import Trail
from qualcoder_sm.ui.pages.widgets.latest import Latest, on_copy
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.pages.widgets.row_menu import Act, RowMenu
from qualcoder_sm.ui.pages.widgets.states import States
from qualcoder_sm.ui.pages.widgets.step_pane import StepPane
from qualcoder_sm.ui.pages.widgets.trail_filter import TrailFilter
from qualcoder_sm.ui.pages.widgets.trail_view import TrailModel, TrailView
from qualcoder_sm.ui.panels.three_panes import Split
from qualcoder_sm.ui.widgets import button, column, label, restyle, row, surface

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from qualcoder_sm.model import Change
    from qualcoder_sm.project.audit import Told
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.store.verification import Verdict
    from qualcoder_sm.ui.context import Context
    from qualcoder_sm.ui.pages.widgets.writing import Recipe


class AuditPage(TablePage):
    """Filters, the list, and the step chosen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.filter = TrailFilter()
        self.model = TrailModel(context.project, self)
        self.list = TrailView(context.theme, self.model)
        self.step = StepPane(context.theme)
        self.tag, self.verdict = label("", "tag"), label("", wrap=True)
        self.head = label("", "muted", wrap=True)
        self.check = button(tr("Check again"))
        self._trail = Trail()
        self._seqs: set[int] | None = None
        self._checked_at = ""
        self._loading, self._checking, self._telling, self._finding = (
            Latest(context.tasks, self) for _ in range(4)
        )
        self._build()
        self._connect()

    def _build(self) -> None:
        bar = surface("window", "bottom")
        self.check.setProperty("flat", True)
        acts = (self.check, 8, self.copy, 8, self.export)
        top = row(self.tag, 10, self.verdict, 12, *acts, stretch=2)
        bar.setLayout(column(top, 4, self.head, margins=(20, 8, 20, 8)))
        self.head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.head.hide()
        self.tag.hide()
        self.states = States(self.list, self.context.tasks)
        self.split = Split(Qt.Orientation.Horizontal, "audit", [248, 872, 320])
        for part in (self.filter, self.states, self.step):
            self.split.addWidget(part)
        self.split.setStretchFactor(1, 1)
        self.split.begin()
        self.setLayout(stretched(column(bar, self.split, self.written), 1))

    def _connect(self) -> None:
        self.filter.changed.connect(self._show_wanted)
        self.filter.wordsTyped.connect(self._find_words)
        self.list.stepChosen.connect(self._tell)
        self.check.clicked.connect(self.verify)
        self.step.undoRequested.connect(self._undo)
        self._loading.ready.connect(self._show)
        self._loading.failed.connect(self._refuse)
        self._loading.slow.connect(self._wait)
        self._checking.ready.connect(self._show_verdict)
        self._checking.failed.connect(self._refuse_check)
        self._telling.ready.connect(self._show_story)
        self._telling.failed.connect(self._refuse)
        self._finding.ready.connect(self._show_found)
        self._finding.failed.connect(self._refuse)
        self.states.cancelled.connect(self._stop)
        self.context.theme.changed.connect(self._say_verdict)
        RowMenu(self.list, (
            Act(tr("Undo this step…"), self.step.undo.click, self.step.can_undo), *self.acts(),
        ))  # fmt: skip

    def renew(self) -> None:
        """Read what is new in the trail; check the chain when it never was."""
        path = self.project.path
        self._loading.ask(on_copy, path, trail.load, self._trail, reports=True)
        if not self._checked_at:
            self.verify()

    def verify(self) -> None:
        """Follow the whole chain, in the worker."""
        self.check.setEnabled(False)
        self.verdict.setText(tr("Checking the chain …"))
        self._checking.ask(on_copy, self.project.path, _verified)

    def _mark_stale(self, change: Change) -> None:
        if change.action == "project.redact":  # what was read before is not to be seen any more
            self._trail = Trail()
            self.step.show_nothing()
        self._stale = True
        self._settle.start()

    def _wait(self) -> None:
        if not len(self._trail.seq):
            self.states.show_loading(tr("Reading the trail …"))

    def _stop(self) -> None:
        self._loading.drop()
        self._stale = True
        self.states.show_empty(tr("Stopped. Nothing has been changed."))

    def _show(self, loaded: Trail) -> None:
        self._trail = loaded
        self.filter.show_trail(loaded)
        self.list.set_colors({code.guid: code.color for code in self.project.codebook.codes()})
        if self.filter.words.text().strip():
            self._find_words(self.filter.words.text().strip())
        else:
            self._show_wanted()
        self._say_verdict()

    def _show_wanted(self) -> None:
        chosen = self.list.currentIndex().row()
        seq = self.model.seq(chosen) if chosen >= 0 else 0
        shown = trail.filtered(self._trail, self.filter.wanted(self._seqs))
        self.model.show_steps(shown)
        self.allow(table=bool(shown.steps))
        if not shown.steps:
            self.step.show_nothing()
            self.states.show_empty(tr("No step of the trail is like that."),
                                   tr("Check more at the left, or take words away."))  # fmt: skip
            return
        self.states.show_content()
        if seq and self.model.row_of(seq) >= 0:
            self.list.select_step(seq)
        elif seq:
            self.step.show_nothing()
        self._say_status(seq)

    def _say_status(self, seq: int) -> None:
        total, shown = self._trail.last, self.model.shown.steps
        if seq:
            self.say(tr("Step {n} of {total}", n=seq, total=total))
        else:
            self.say(
                ntr("{n} step shown", "{n} steps shown", shown) if shown == total
                else ntr("{shown} of {n} step shown", "{shown} of {n} steps shown", total,
                         shown=shown)
            )  # fmt: skip

    def _find_words(self, words: str) -> None:
        if not words:
            self._finding.drop()
            self._seqs = None
            self._show_wanted()
            return
        self._finding.ask(on_copy, self.project.path, _matching, words)

    def _show_found(self, seqs: set[int]) -> None:
        self._seqs = seqs
        self._show_wanted()

    def _tell(self, seq: int) -> None:
        self._say_status(seq)
        self._telling.ask(on_copy, self.project.path, trail_story.tell, seq)

    def _show_story(self, story: Told) -> None:
        self.step.show_story(story, read_only=self.project.read_only)

    def _undo(self, seq: int) -> None:
        label_ = self.project.history.label(seq)
        question = tr("Take back step {seq:,}: {label}? A new step says so; nothing is erased.",
                      seq=seq, label=label_)  # fmt: skip
        if not messages.confirm(self, question, tr("Undo this step"), tr("Keep it")):
            return
        try:
            self.project.history.undo_step(seq)
        except QualCoderError as error:
            self.step.refuse(str(error))

    def _show_verdict(self, verdict: Verdict) -> None:
        self.check.setEnabled(True)
        self._checked_at = tr("Checked today, {time}.", time=f"{datetime.now().astimezone():%H:%M}")
        self._verdict = verdict
        self._say_verdict()

    def _say_verdict(self) -> None:
        if not self._checked_at:
            return
        good = self._verdict.ok
        self.tag.setText(_tag(self._verdict))
        restyle(self.tag, "look", "success-tag" if good else "danger-tag")
        tokens = self.context.theme.theme.hex
        ground, ink = (
            (tokens.success_tint, tokens.success) if good else (tokens.danger_tint, tokens.danger)
        )
        self.tag.setStyleSheet(
            f"background: {ground}; color: {ink}; border-radius: 4px; padding: 3px 7px;"
        )
        self.tag.show()
        self.verdict.setText(f"{_told(self._verdict)} {self._checked_at}{self._since()}")
        self.head.setText(findings(self._verdict)[-1])
        self.head.setVisible(self._verdict.chain)

    def _since(self) -> str:
        new = self._trail.last - self._verdict.records
        return " " + ntr("{n} step since then.", "{n} steps since then.", new) if new > 0 else ""

    def _refuse(self, error: QualCoderError) -> None:
        self.states.show_empty(str(error))

    def _refuse_check(self, error: QualCoderError) -> None:
        self.check.setEnabled(True)
        self.verdict.setText(str(error))

    @property
    def main(self) -> QWidget:
        """The list of steps."""
        return self.list

    @property
    def table_name(self) -> str:
        """What the table is called."""
        return tr("audit trail")

    def shown_table(self) -> Recipe | None:
        """The steps in their order."""
        shown, words = self.model.shown, self.filter.words.text().strip()
        said = trail.told(self._trail, self.filter.wanted(self._seqs), words)
        return partial(trail.table, shown, said) if shown.steps else None


def _verified(project: Project) -> Verdict:
    return project.audit.verify()


def _matching(project: Project, words: str) -> set[int]:
    return project.audit.matching(words)


def _tag(verdict: Verdict) -> str:
    if not verdict.chain:
        return tr("Chain broken")
    return tr("Trail complete") if verdict.tables else tr("Tables differ")


def _told(verdict: Verdict) -> str:
    """What was found of chain and tables, and what to do when one of them failed."""
    chain, tables, _head = findings(verdict)
    if verdict.ok:
        return f"{chain} {tables}"
    advice = tr("The file was changed from outside. Restore a backup from before, or keep this file "
                "as evidence.")  # fmt: skip
    return f"{chain} {tables} {advice}"
