"""The desk: turns the requests of the reading view into steps of the project."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count

from PySide6.QtCore import QObject, Signal

from qualcoder_sm.errors import AlreadyCoded, InvalidSelection, NotCodable, QualCoderError
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Change, Code, Coding, Polarity
from qualcoder_sm.project.autocode import Applied
from qualcoder_sm.spans import Span
from qualcoder_sm.ui.bridge import ProjectBridge, Told
from qualcoder_sm.ui.panels.codebook_model import DropRequest
from qualcoder_sm.ui.reading import (
    ApplyRequest,
    BoundaryRequest,
    FavouriteRequest,
    Missing,
    ReadingView,
    SpanRequest,
)
from qualcoder_sm.ui.reading.selection_bar import Suggestion
from qualcoder_sm.ui.requests import MemoWish, Place

_SUGGESTED = 3
_MISSING = {
    Missing.WORDS: "Select some words first.",
    Missing.SPACE: "Only white space is selected. Select some words.",
    Missing.CODING: "No coding here.",
    Missing.OWN: "No coding of yours here.",
    Missing.THEIRS: "This is another coder’s coding. Nobody else can change it.",
    Missing.NOT_HERE: "Nothing here carries a coding of yours yet.",
    Missing.UNCODED: "From here on you have coded everything.",
    Missing.UNCODED_BEFORE: "Before this you have coded everything.",
    Missing.NEXT: "No coding further on.",
    Missing.PREVIOUS: "No coding before this.",
}


@dataclass(frozen=True, slots=True)
class NewCodeRequest:
    """Make an emergent code of this name and put it on these words."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Shown:
    """A coding that is shown before it is made."""

    view: ReadingView
    guid: str

    def remove(self) -> None:
        """Show it no longer; nothing happens when it is not shown."""
        self.view.remove_coding(self.guid)


class CodingDesk(QObject):
    """Codes the source shown, as the acting coder."""

    failed = Signal(object)
    """A `QualCoderError` that must be seen."""
    said = Signal(object)
    """A quiet sentence for the status line."""
    memoWanted = Signal(object)
    """Guid of the coding whose memo shall be written."""
    noteRequested = Signal(object)
    """`MemoWish`: a memo about words that carry no coding of one's own."""
    removalUnclear = Signal(object)
    """Guids of codings, of which the researcher shall choose what is removed."""
    used = Signal(object)
    """Guid of the code that was put on words."""
    openRequested = Signal(object)
    """`Place`: the next passage of a code."""

    def __init__(
        self,
        bridge: ProjectBridge,
        view: ReadingView,
        parent: QObject,
        recent: dict[str, list[str]],
    ) -> None:
        """`recent` holds the codes each coder used lately, the last first; it is kept up to date."""
        super().__init__(parent)
        self._bridge = bridge
        self._project = bridge.project
        self._numbers = count(1)
        self._view = view
        self._recent_of = recent
        self._codes: dict[str, Code] = {}
        self.source = ""
        bridge.changed.connect(self._follow)
        self._read_codes()
        self._connect()

    @property
    def recent(self) -> Sequence[str]:
        """Guids of the codes that the acting coder used lately, the last one first."""
        return self._recent

    @property
    def _recent(self) -> list[str]:
        return self._recent_of.setdefault(self._project.coder.guid, [])

    @property
    def codes(self) -> dict[str, Code]:
        """All codes by guid, in the order of the tree."""
        return self._codes

    def _connect(self) -> None:
        view = self._view
        view.codeRequested.connect(self.apply)
        view.codeDropped.connect(self.apply)
        view.favouriteRequested.connect(self.apply_favourite)
        view.repeatRequested.connect(self.repeat)
        view.inVivoRequested.connect(self.code_in_vivo)
        view.doesNotFitRequested.connect(self.put_into_bucket)
        view.memoRequested.connect(self.want_memo)
        view.removeRequested.connect(self.remove_chosen)
        view.boundaryRequested.connect(self.move_boundary)
        view.polarityRequested.connect(self.turn_polarity)
        view.followRequested.connect(self.follow_code)
        view.missed.connect(self.say_missing)

    def apply(self, request: ApplyRequest) -> None:
        """Put a code on words."""
        span = request.start, request.end
        ended = _Shown(self._view, f"waiting {next(self._numbers)}")
        done, failed = partial(self._end, ended), partial(self._refuse_shown, ended)
        if not self._bridge.take(self._project.codings.apply, request.code, self.source, *span,
                                 done=done, failed=failed):  # fmt: skip
            self._view.add_coding(self._waiting(ended.guid, request.code, span))

    def apply_to_selection(self, code: str) -> None:
        """Put a code on the selected words."""
        start, end = self._view.words()
        if start == end:
            self.say_missing(Missing.WORDS)
        else:
            self.apply(ApplyRequest(code, start, end))

    def code_each_unit(self, code: str) -> None:
        """Put a code on every turn, post or paragraph that the selection touches, as one step."""
        start, end = self._view.words()
        if start == end or not code:
            self.said.emit(tr("Select some turns or posts and a code of the codebook first."))
        else:
            self._try(self._project.autocode.code_units, code, self.source, start, end,
                      done=partial(self._say_units, code))  # fmt: skip

    def apply_dropped(self, request: DropRequest) -> None:
        """Put a code on a passage that was dragged onto it."""
        if request.source == self.source:
            self.apply(ApplyRequest(request.code, request.start, request.end))

    def apply_favourite(self, request: FavouriteRequest) -> None:
        """Put the code with a favourite key on words."""
        found = [code for code in self.favourites() if code.favourite == request.digit]
        if found:
            self.apply(ApplyRequest(found[0].guid, request.start, request.end))
        else:
            sentence = tr("No code has the key {key}. Give it to one in the codebook.",
                          key=request.digit)  # fmt: skip
            self.said.emit(sentence)

    def repeat(self, request: SpanRequest) -> None:
        """Put the code used last on words, in an earlier sitting if need be."""
        recent = self._recent or self._project.codebook.last_applied()
        if recent:
            self.apply(ApplyRequest(recent[0], request.start, request.end))
        else:
            self.said.emit(tr("No code has been used yet, so there is none to repeat."))

    def code_in_vivo(self, request: SpanRequest) -> None:
        """Make a code of the words themselves, each as a whole, and put it on them."""
        words = self._view.motion.whole_words(request.start, request.end)
        self._try(self._project.codings.apply_in_vivo, self.source, *words, done=self._used)

    def code_anew(self, request: NewCodeRequest) -> None:
        """Make an emergent code, or take the one of this name, and put it on words."""
        self._try(self._project.codings.apply_new, request.name, self.source, request.start,
                  request.end, done=self._used)  # fmt: skip

    def put_into_bucket(self, request: SpanRequest) -> None:
        """Put words aside that fit no code, before a new one is made for them."""
        self._try(self._project.codings.set_aside, self.source, request.start, request.end,
                  done=self._used)  # fmt: skip

    def want_memo(self, request: SpanRequest) -> None:
        """Ask for the memo of the current coding; without one of one's own, for one on the words."""
        current = self._view.current_coding()
        if current is not None and self._view.is_own(current):
            self.memoWanted.emit(current.guid)
        elif self.source and not self._project.read_only:
            words = Place(self.source, request.start, request.end)
            place = words if request.start < request.end else None
            self.noteRequested.emit(MemoWish("sources", self.source, place))

    def remove_chosen(self, codings: Sequence[str]) -> None:
        """Take a coding away; where there are several, let the researcher choose first."""
        if len(codings) > 1:
            self.removalUnclear.emit(codings)
        else:
            self.remove(codings)

    def remove(self, codings: Sequence[str]) -> None:
        """Take one's own codings away."""
        self._try(self._project.codings.remove, *codings)

    def move_boundary(self, request: BoundaryRequest) -> None:
        """Let a coding begin and end elsewhere."""
        self._try(self._project.codings.move, request.coding, request.start, request.end)

    def turn_polarity(self, coding: str) -> None:
        """Go on to the next of: open, supports, contradicts, mixed."""
        self._try(self._project.codings.turn_polarity, coding)

    def set_polarity(self, coding: str, polarity: Polarity | None) -> None:
        """Say what a passage says of its code."""
        self._try(self._project.codings.set_polarity, coding, polarity)

    def follow_code(self, coding: str) -> None:
        """Go to the first passage with the same code in the next source."""
        try:
            self._follow_code(coding)
        except QualCoderError as error:
            self._refuse(error)

    def suggest(self, start: int, end: int) -> Sequence[Suggestion]:
        """The likeliest codes: used lately, said by the same speaker, of the same family.

        Not those that one has put on the words already.
        """
        unit = self._view.unit_at(start)
        speaker = unit.speaker if unit else None
        there = self._view.codes_on(start, end)
        codebook = self._project.codebook
        likely = codebook.most_likely(self.source, speaker, self._recent, without=there)
        keyed = [one for one in self.favourites() if one.codable and one.guid not in there]
        offered = likely or keyed[:_SUGGESTED]
        return [
            Suggestion(code.guid, code.name, code.color, str(code.favourite or ""))
            for code in offered
        ]

    def favourites(self) -> list[Code]:
        """The codes that have a key, in the order of their keys."""
        return sorted((code for code in self._codes.values() if code.favourite), key=_favourite)

    def say_missing(self, missing: Missing) -> None:
        """Say what is missing."""
        self.said.emit(tr(_MISSING[missing]))

    def _waiting(self, guid: str, code: str, span: Span) -> Coding:
        """What is seen of a coding until the longer step before it is written."""
        return Coding(
            guid, code, self.source, self._project.coder.guid, *span, self._project.clock()
        )

    def _end(self, shown: _Shown, coding: Coding) -> None:
        shown.remove()
        self._use(coding.code)

    def _refuse_shown(self, shown: _Shown, error: QualCoderError) -> None:
        shown.remove()
        self._refuse(error)

    def _used(self, coding: Coding) -> None:
        self._use(coding.code)

    def _say_units(self, code: str, applied: Applied) -> None:
        self._use(code)
        made = ntr("{n} passage coded", "{n} passages coded", len(applied.codings))
        self.said.emit(tr("{made}, {skipped} coded already.", made=made, skipped=applied.skipped))

    def _follow_code(self, coding: str) -> None:
        code = self._project.codings.get(coding).code
        found = self._project.codings.of_code(code)
        order = [source.guid for source in self._project.sources.all()]
        at = order.index(self.source) + 1
        for source in order[at:] + order[: at - 1]:
            for other in found:
                if other.source == source:
                    self.openRequested.emit(Place(source, other.start, other.end))
                    return
        self.said.emit(tr("No other source has this code."))

    def _use(self, code: str) -> None:
        self._recent[:] = [code, *(other for other in self._recent if other != code)][:9]
        self._view.put_bar_away()
        self.used.emit(code)

    def _follow(self, change: Change) -> None:
        if change.touches("codes"):
            self._read_codes()

    def _read_codes(self) -> None:
        self._codes = {code.guid: code for code in self._project.codebook.codes()}
        for recent in self._recent_of.values():
            recent[:] = [guid for guid in recent if guid in self._codes]

    def _try(
        self, act: Callable[..., object], *arguments: object, done: Told | None = None
    ) -> None:
        self._bridge.take(act, *arguments, done=done, failed=self._refuse)

    def _refuse(self, error: QualCoderError) -> None:
        if isinstance(error, AlreadyCoded):
            self._view.flash(error.coding)
        if isinstance(error, (AlreadyCoded, InvalidSelection, NotCodable)):
            self.said.emit(str(error))
        else:
            self.failed.emit(error)


def _favourite(code: Code) -> int:
    return code.favourite or 0
