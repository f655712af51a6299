"""What a researcher does with passages in a list: another code, no code, polarity, a memo."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Origin, Polarity
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.segments import Coded

POLARITIES = (None, Polarity.SUPPORTS, Polarity.CONTRADICTS, Polarity.MIXED)


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

    def recode_anew(self, guids: Sequence[str], name: str) -> None:
        """Change codings to an emergent code of this name, which is made for them."""
        if guids:
            self._try(self._recode_anew, guids, name)

    def remove(self, guids: Sequence[str]) -> None:
        """Take codings away."""
        if guids and self._try(self._project.codings.remove, *guids):
            self.said.emit(
                ntr("{n} coding removed. You can undo this.",
                    "{n} codings removed. You can undo this.", len(guids))
            )  # fmt: skip

    def turn_polarity(self, codings: Sequence[Coded]) -> None:
        """Give all the polarity that follows the first one's: open, supports, contradicts, mixed."""
        if codings:
            after = (POLARITIES.index(codings[0].polarity or None) + 1) % len(POLARITIES)
            self.set_polarity(codings, POLARITIES[after])

    def set_polarity(self, codings: Sequence[Coded], polarity: Polarity | None) -> None:
        """Say of all what they say of their code, in one step."""
        if self._try(self._set_polarity, codings, polarity):
            word = tr(polarity.value) if polarity else tr("open")
            self.said.emit(
                ntr("{n} passage: {says}.", "{n} passages: {says}.", len(codings), says=word)
            )

    def _recode_anew(self, guids: Sequence[str], name: str) -> None:
        with self._project.change("coding.recode"):
            code = self._project.codebook.add(name, origin=Origin.EMERGENT)
            self._project.codings.recode(guids, code.guid)

    def _set_polarity(self, codings: Sequence[Coded], polarity: Polarity | None) -> None:
        code = self._project.codebook.get(codings[0].code).name
        word = polarity.value if polarity else tr("neither")
        what = ntr("{n} passage", "{n} passages", len(codings))
        with self._project.change("coding.polarity", code=code, polarity=word, what=what):
            for coding in codings:
                self._project.codings.set_polarity(coding.guid, polarity)

    def _try(self, act: Callable[..., object], *arguments: object) -> bool:
        try:
            act(*arguments)
        except QualCoderError as error:
            self.failed.emit(error)
            return False
        return True
