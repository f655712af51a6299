"""What a search found, looked through before it is coded: tick and untick, then one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.rules import Scope, Searched
from qualcoder_sm.ui.dialogs.code_choice import CodeChoice
from qualcoder_sm.ui.dialogs.proposals import ProposalList
from qualcoder_sm.ui.geometry import resize_within_screen
from qualcoder_sm.ui.pages.widgets.latest import Latest
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.pages.widgets.states import States
from qualcoder_sm.ui.reason import ReasonField, reasoned
from qualcoder_sm.ui.widgets import Banner, button, column, label, link, row, surface

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from qualcoder_sm.errors import QualCoderError
    from qualcoder_sm.project.autocode import Applied, Proposal
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.project.search import SearchQuery
    from qualcoder_sm.ui.context import Context


class ReviewDialog(QDialog):
    """The passages of one search under a code. Nothing is coded before the button."""

    openRequested = Signal(object)
    """`Place` of a passage, to see it in its text."""
    said = Signal(object)
    """What was done, for the status line."""

    def __init__(
        self, context: Context, query: SearchQuery, scope: Scope, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._rule, self._scope = context, Searched(query), scope
        self.code = CodeChoice(context.project, context.theme.theme)
        self.list = ProposalList(context.theme)
        self.banner, self.count, self.reason = Banner(), label("", "strong"), ReasonField()
        self.all, self.none = link(tr("Tick all")), link(tr("Tick none"))
        self.go, self.leave = button("", primary=True), button(tr("Cancel"))
        self._finding, self._coding = Latest(context.tasks, self), Latest(context.tasks, self)
        self._build(query)
        self._connect()
        self._look()

    def _build(self, query: SearchQuery) -> None:
        units = self._scope is Scope.UNIT
        self.setWindowTitle(
            tr("Code every turn or post with a hit") if units else tr("Code the hits"))  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within_screen(self, 860, 620)
        sentence = (
            tr("Every turn or post with “{words}” gets", words=query.words)
            if units
            else tr("Every “{words}” gets", words=query.words)
        )
        self.code.setMinimumWidth(280)
        top = surface("window", "bottom")
        top.setLayout(row(label(sentence), 10, self.code, 0, margins=(20, 12, 20, 12)))
        head = row(self.count, 0, self.all, 8, self.none, margins=(16, 10, 16, 8))
        found = surface("paper")
        found.setLayout(stretched(column(head, self.list), 1))
        self.states = States(found, self._context.tasks)
        foot = surface("window", "top")
        kept = label(tr("One step in the audit trail. It can be undone as a whole."), "muted")
        foot.setLayout(row(kept, 16, self.reason, 16, self.leave, 8, self.go,
                           margins=(20, 10, 20, 10), stretch=2))  # fmt: skip
        self.setLayout(stretched(column(self.banner, top, self.states, foot), 2))

    def _connect(self) -> None:
        self.code.currentIndexChanged.connect(self._look)
        self._finding.ready.connect(self._show)
        self._finding.failed.connect(self._refuse)
        self._finding.slow.connect(self._wait)
        self._coding.ready.connect(self._tell)
        self._coding.failed.connect(self._refuse_coding)
        self.states.cancelled.connect(self.close)
        self.list.proposals.counted.connect(self._show_count)
        self.list.openRequested.connect(self.openRequested)
        self.all.clicked.connect(self.list.tick_all)
        self.none.clicked.connect(self.list.tick_none)
        self.leave.clicked.connect(self.close)
        self.go.clicked.connect(self.apply)

    def apply(self) -> None:
        """Code what is ticked, in the worker."""
        chosen = self.list.proposals.chosen()
        if chosen and self.code.code():
            self.go.setEnabled(False)
            self.go.setText(tr("Coding …"))
            project = self._context.project
            self._coding.ask(
                reasoned, project, self.reason.text(), project.autocode.apply, self.code.code(),
                chosen, self._rule, self._scope, work=tr("The coding"),
            )  # fmt: skip

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for nothing any longer."""
        self._finding.drop()
        super().closeEvent(event)

    def look_again(self) -> None:
        """Somebody else codes, who may have coded other passages already."""
        self._look()

    def _look(self) -> None:
        self._show_count()
        code = self.code.code()
        if code:
            self.list.set_color(self._context.project.codebook.get(code).color)
        self._finding.ask(
            _proposed, self._context.project, code, self._rule, self._scope, reports=True
        )

    def _show(self, proposals: list[Proposal]) -> None:
        names = {source.guid: source.name for source in self._context.project.sources.all()}
        self.list.proposals.show_proposals(proposals, names)
        if proposals:
            self.states.show_content()
        else:
            self.states.show_empty(tr("Nothing is found any longer."))

    def _show_count(self) -> None:
        model = self.list.proposals
        told = ntr("{n} passage", "{n} passages", model.rowCount())
        if model.already:
            told = tr("{told}, {already} coded already", told=told, already=f"{model.already:,}")
        self.count.setText(told)
        self.go.setText(ntr("Code {n} passage", "Code {n} passages", model.ticked))
        self.go.setEnabled(bool(self.code.code()) and model.ticked > 0)
        self.go.setToolTip("" if self.code.code() else tr("Choose a code first."))

    def _wait(self) -> None:
        self.states.show_loading(tr("Looking for passages …"))

    def _refuse(self, error: QualCoderError) -> None:
        self.states.show_empty(str(error), tr("Nothing has been changed."))

    def _tell(self, applied: Applied) -> None:
        self.said.emit(ntr("{n} passage coded.", "{n} passages coded.", len(applied.codings)))
        self.close()

    def _refuse_coding(self, error: QualCoderError) -> None:
        self._show_count()
        self.banner.show_sentence(str(error))


def _proposed(
    project: Project, code: str, rule: Searched, scope: Scope,
    progress: Callable[[int, int, str], bool],
) -> list[Proposal]:  # fmt: skip
    """For the worker: the passages; those the code is on already are told apart once it is known."""

    def goes_on(done: int, total: int) -> bool:
        said = tr("Looking in text {n} of {total} …", n=done + 1, total=total)
        return progress(done, total, said)

    return project.autocode.proposals(rule, scope, code, (), goes_on)
