"""What a researcher does with codes, from the pane and from the codebook page: asks, then acts."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Code
from qualcoder_sm.project.segments import Filter
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.bridge import ProjectBridge, Told
from qualcoder_sm.ui.dialogs.merge import choose_target
from qualcoder_sm.ui.panels.code_menu import CUSTOM
from qualcoder_sm.ui.panels.codebook_model import MoveRequest, RenameRequest
from qualcoder_sm.ui.reason import reasoned


class CodeSteps(QObject):
    """One method a step; a step that is refused is told by `failed`."""

    failed = Signal(object)
    """A `QualCoderError`."""
    added = Signal(object)
    """Guid of a code that was made here."""

    def __init__(self, bridge: ProjectBridge, widget: QWidget) -> None:
        super().__init__(widget)
        self._bridge, self._project = bridge, bridge.project
        self._widget = widget

    def add(self, parent: str | None) -> None:
        """Ask for a name and make a code under `parent`."""
        title = tr("New code below {name}", name=self._name(parent)) if parent else tr("New code")
        name = messages.ask_text(
            self._widget, title, tr("Name of the code"), "", tr("Make the code")
        )
        if name:
            self._try(partial(self._project.codebook.add, name, parent=parent), done=self._tell)

    def rename(self, request: RenameRequest) -> None:
        """Give a code another name."""
        self._try(self._project.codebook.rename, request.code, request.name)

    def move(self, request: MoveRequest) -> None:
        """Hang a code elsewhere."""
        self._try(self._project.codebook.move, request.code, request.parent, request.position)

    def recolour(self, code: str, color: str) -> None:
        """Give a code another colour; CUSTOM asks for one."""
        if color == CUSTOM:
            color = messages.ask_color(self._widget, self._project.codebook.get(code).color) or ""
        if color:
            self._try(self._project.codebook.recolour, code, color)

    def favour(self, code: str, digit: int | None) -> None:
        """Give a code one of the keys 1 to 9, or none."""
        self._try(self._project.codebook.set_favourite, code, digit)

    def edit(self, code: str, field: str, value: object) -> None:
        """Change one field of a definition."""
        self._try(partial(self._project.codebook.edit, code, **{field: value}))

    def merge(self, code: str) -> None:
        """Ask into which code, showing what would move, then merge."""
        target, why = choose_target(self._widget, self._project, code)
        if target:
            self._try(reasoned, self._project, why, self._project.codebook.merge, code, target)

    def delete(self, code: str) -> None:
        """Say what goes with a code and delete it if that is wanted."""
        question, yes = self._loss(code)
        why = messages.confirm_because(self._widget, question, yes, tr("Keep"))
        if why is not None:
            self._try(reasoned, self._project, why, self._project.codebook.remove, code)

    def _loss(self, code: str) -> tuple[str, str]:
        """The question before a code is deleted, and the word on its button."""
        below = self._project.codebook.below(code)
        gone = (code, *(one.guid for one in below))
        codings = self._project.segments.codings(Filter(codes=gone))
        coders = len({coding.coder for coding in codings})
        number = ntr("{n} coding", "{n} codings", len(codings))
        went = tr("{codings} by {coders} go with it.", codings=number,
                  coders=ntr("{n} coder", "{n} coders", coders))  # fmt: skip
        if below:
            codes = ntr("{n} code below it", "{n} codes below it", len(below))
            went = tr("{codes} and {went}", codes=codes, went=went)
        if not codings and not below:
            went = tr("Nothing is coded with it.")
        question = tr("Delete {name}? {went} You can undo this.", name=self._name(code), went=went)
        many = len(gone)
        yes = ntr("Delete code", "Delete {n} codes", many)
        return question, tr("{delete} and {codings}", delete=yes, codings=number)

    def _tell(self, code: Code) -> None:
        self.added.emit(code.guid)

    def _name(self, code: str) -> str:
        return self._project.codebook.get(code).name

    def _try(
        self, act: Callable[..., object], *arguments: object, done: Told | None = None
    ) -> None:
        self._bridge.take(act, *arguments, done=done, failed=self.failed.emit)
