"""What a researcher does with passages in a list: another code, no code, polarity, a memo."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Polarity
from qualcoder_sm.ui.bridge import ProjectBridge, Told


class SegmentSteps(QObject):
    """One method a step; a step that is refused is told by `failed`."""

    failed = Signal(object)
    """A `QualCoderError`."""
    said = Signal(object)
    """A quiet sentence."""

    def __init__(self, bridge: ProjectBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._project = bridge, bridge.project

    def recode(self, guids: Sequence[str], code: str) -> None:
        """Change codings to another code."""
        if guids:
            said = partial(self._say_recoded, len(guids), self._project.codebook.get(code).name)
            self._try(self._project.codings.recode, guids, code, done=said)

    def recode_new(self, guids: Sequence[str], name: str) -> None:
        """Change codings to an emergent code of this name, which is made for them."""
        if guids:
            self._try(self._project.codings.recode_new, guids, name)

    def remove(self, guids: Sequence[str]) -> None:
        """Take codings away."""
        if guids:
            said = partial(self._say_removed, len(guids))
            self._try(self._project.codings.remove, *guids, done=said)

    def turn_polarity(self, guids: Sequence[str]) -> None:
        """Give all the polarity that follows the first one's."""
        if guids:
            said = partial(self._say_turned, len(guids))
            self._try(self._project.codings.turn_polarity, guids, done=said)

    def _say_recoded(self, n: int, code: str, _nothing: object) -> None:
        self.said.emit(
            ntr("{n} coding is {code} now.", "{n} codings are {code} now.", n, code=code)
        )

    def _say_removed(self, n: int, _nothing: object) -> None:
        self.said.emit(ntr("{n} coding removed. You can undo this.",
                           "{n} codings removed. You can undo this.", n))  # fmt: skip

    def _say_turned(self, n: int, polarity: Polarity | None) -> None:
        word = tr(polarity.value) if polarity else tr("open")
        self.said.emit(ntr("{n} passage: {says}.", "{n} passages: {says}.", n, says=word))

    def _try(
        self, act: Callable[..., object], *arguments: object, done: Told | None = None
    ) -> None:
        self._bridge.take(act, *arguments, done=done, failed=self.failed.emit)
