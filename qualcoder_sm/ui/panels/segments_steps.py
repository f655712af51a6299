"""What a researcher does with passages in a list: another code, no code, polarity, a memo."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.project import Project


class SegmentSteps(QObject):
    """One method a step; a step that is refused is told by `failed`."""

    failed = Signal(object)
    """A `QualCoderError`."""
    said = Signal(object)
    """A quiet sentence."""

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project

    def recode(self, guids: Sequence[str], code: str) -> None:
        """Change codings to another code."""
        if guids and self._try(self._project.codings.recode, guids, code):
            name = self._project.codebook.get(code).name
            self.said.emit(
                ntr("{n} coding is {code} now.", "{n} codings are {code} now.", len(guids),
                    code=name)
            )  # fmt: skip

    def recode_new(self, guids: Sequence[str], name: str) -> None:
        """Change codings to an emergent code of this name, which is made for them."""
        if guids:
            self._try(self._project.codings.recode_new, guids, name)

    def remove(self, guids: Sequence[str]) -> None:
        """Take codings away."""
        if guids and self._try(self._project.codings.remove, *guids):
            self.said.emit(
                ntr("{n} coding removed. You can undo this.",
                    "{n} codings removed. You can undo this.", len(guids))
            )  # fmt: skip

    def turn_polarity(self, guids: Sequence[str]) -> None:
        """Give all the polarity that follows the first one's."""
        if guids:
            self._try(self._turn_polarity, guids)

    def _turn_polarity(self, guids: Sequence[str]) -> None:
        polarity = self._project.codings.turn_polarity(guids)
        word = tr(polarity.value) if polarity else tr("open")
        self.said.emit(ntr("{n} passage: {says}.", "{n} passages: {says}.", len(guids), says=word))

    def _try(self, act: Callable[..., object], *arguments: object) -> bool:
        try:
            act(*arguments)
        except QualCoderError as error:
            self.failed.emit(error)
            return False
        return True
