"""Code sight: which codes are seen in the texts, and which stand out in the overview."""

from collections.abc import Iterable
from enum import Enum

from PySide6.QtCore import QObject, Signal

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.project import Project


class Wanted(Enum):
    """Which codings are to be seen."""

    ALL = "all"
    FAMILY = "the current code and those below it"
    CHOSEN = "chosen codes"


class CodeSight(QObject):
    """One choice for all texts; `changed` when other codes are seen or stand out."""

    changed = Signal()

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._wanted = Wanted.ALL
        self._chosen: frozenset[str] = frozenset()
        self._current = ""
        self._marking = False

    @property
    def wanted(self) -> Wanted:
        """Which codings are to be seen."""
        return self._wanted

    @property
    def chosen(self) -> frozenset[str]:
        """The codes chosen last, by guid."""
        return self._chosen

    @property
    def marking(self) -> bool:
        """Whether the current code stands out in the overview."""
        return self._marking

    def want(self, wanted: Wanted) -> None:
        """See these codings."""
        if wanted is not self._wanted:
            self._wanted = wanted
            self.changed.emit()

    def choose(self, codes: Iterable[str]) -> None:
        """See only these codes; none is all of them."""
        self._chosen = frozenset(codes)
        self._wanted = Wanted.CHOSEN if self._chosen else Wanted.ALL
        self.changed.emit()

    def turn_family(self) -> None:
        """See only the current code and those below it, or all again."""
        self.want(Wanted.ALL if self._wanted is Wanted.FAMILY else Wanted.FAMILY)

    def mark_current(self, on: bool) -> None:
        """Let the current code stand out in the overview, or all codes be equal."""
        if on != self._marking:
            self._marking = on
            self.changed.emit()

    def turn_marking(self) -> None:
        """The other way."""
        self.mark_current(not self._marking)

    def set_current(self, code: str) -> None:
        """Another code is the current one in the codebook."""
        if code != self._current:
            self._current = code
            if self._marking or self._wanted is Wanted.FAMILY:
                self.changed.emit()

    def shown(self) -> frozenset[str] | None:
        """The codes that are seen, by guid; None when all are."""
        if self._wanted is Wanted.CHOSEN:
            return self._chosen
        return self._family() if self._wanted is Wanted.FAMILY else None

    def marked(self) -> frozenset[str] | None:
        """The codes that stand out in the overview; None when none does."""
        return self._family() if self._marking else None

    def _family(self) -> frozenset[str] | None:
        known = {code.guid for code in self._project.codebook.codes()}
        if self._current not in known:
            return None
        below = self._project.codebook.below(self._current)
        return frozenset({self._current, *(code.guid for code in below)})

    def words(self) -> str:
        """What is seen, in a few words."""
        shown = self.shown()
        if shown is None:
            return tr("All codes")
        if self._wanted is Wanted.FAMILY:
            name = self._project.codebook.get(self._current).name
            return tr("{code} and below", code=name) if len(shown) > 1 else name
        return ntr("{n} code", "{n} codes", len(shown))
