"""What can be done in the text at the caret: selecting, coding, going on, moving boundaries."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from qualcoder_sm.model import Coding
from qualcoder_sm.ui.reading.content import BoundaryRequest, Missing
from qualcoder_sm.ui.reading.motion import WORDS, Span

if TYPE_CHECKING:
    from qualcoder_sm.ui.reading.view import ReadingView

Act = Callable[[], None]


class Commands:
    """The acts of one reading view, by the names that menus and keys have for them."""

    def __init__(self, view: "ReadingView") -> None:
        self._view = view

    def table(self) -> dict[str, Act]:
        """Every act by the action it belongs to."""
        return self._coding() | self._going() | self._boundaries()

    def _coding(self) -> dict[str, Act]:
        view = self._view
        return {
            "code.apply": self._palette,
            "code.repeat": self._repeat,
            "code.in_vivo": self._in_vivo,
            "code.bucket": self._does_not_fit,
            "code.memo": view.request_memo,
            "code.polarity": self._polarity,
            "code.link": self._link,
            "code.remove": view.request_removal,
        }

    def _going(self) -> dict[str, Act]:
        return {
            "edit.copy": self._copy,
            "edit.all": self._select_all,
            "view.mode": self._view.cycle_mode,
            "text.sentence": self._sentence,
            "text.unit": self._unit,
            "text.uncoded": self._next_uncoded,
            "text.uncoded_back": self._previous_uncoded,
            "text.next": self._next_coding,
            "text.previous": self._previous_coding,
            "text.follow": self._follow,
        }

    def _boundaries(self) -> dict[str, Act]:
        return {
            "text.end_on": self._end_on_word,
            "text.end_back": self._end_back_word,
            "text.start_on": self._start_on_word,
            "text.start_back": self._start_back_word,
            "text.start_back_character": self._start_back,
            "text.start_on_character": self._start_on,
            "text.end_back_character": self._end_back,
            "text.end_on_character": self._end_on,
        }

    # Selecting

    def _select_all(self) -> None:
        motion = self._view.motion
        self._view.move_quietly(motion.last(), motion.first())

    def _sentence(self) -> None:
        self._select_more(self._view.motion.sentence_at)

    def _unit(self) -> None:
        self._select_more(self._view.motion.unit_at)

    def _select_more(self, around: Callable[[int], Span]) -> None:
        """Select what lies around the caret; the same key again goes on to the next."""
        view = self._view
        start, end = view.selection()
        first = around(start)
        if start != end and first[0] == start and around(max(start, end - 1))[1] == end:
            following = around(view.motion.after(end))
            if following[1] > end:
                view.place(following[1], anchor=start)
            return
        view.place(first[1], anchor=first[0])
        view.offer_bar()

    def _copy(self) -> None:
        words = self._view.selected_text()
        if words:
            data = QMimeData()
            data.setText(self._view.motion.shown_text(*self._view.selection()))
            QGuiApplication.clipboard().setMimeData(data)
            self._view.request_span("copied")

    # Coding

    def _palette(self) -> None:
        self._view.request_span("paletteRequested")

    def _repeat(self) -> None:
        self._view.request_span("repeatRequested")

    def _in_vivo(self) -> None:
        self._view.request_span("inVivoRequested")

    def _does_not_fit(self) -> None:
        self._view.request_span("doesNotFitRequested")

    def _polarity(self) -> None:
        coding = self._view.own_coding()
        if coding is not None:
            self._view.polarityRequested.emit(coding.guid)

    def _link(self) -> None:
        coding = self._coding_here()
        if coding is not None:
            self._view.linkRequested.emit(coding.guid)

    def _follow(self) -> None:
        coding = self._coding_here()
        if coding is not None:
            self._view.followRequested.emit(coding.guid)

    def _coding_here(self) -> Coding | None:
        """The current coding, whoever made it; says so when there is none."""
        current = self._view.current_coding()
        if current is None:
            self._view.missed.emit(Missing.CODING)
        return current

    def _next_uncoded(self) -> None:
        self._go_to_uncoded(forward=True)

    def _previous_uncoded(self) -> None:
        self._go_to_uncoded(forward=False)

    def _go_to_uncoded(self, *, forward: bool) -> None:
        view = self._view
        caret = view.selection()
        found = view.go_to_uncoded(forward=forward)
        if found is None:
            view.missed.emit(Missing.UNCODED if forward else Missing.UNCODED_BEFORE)
        elif view.selection() == caret:
            view.missed.emit(Missing.NOT_HERE)

    def _next_coding(self) -> None:
        self._go_to_coding(forward=True)

    def _previous_coding(self) -> None:
        self._go_to_coding(forward=False)

    def _go_to_coding(self, *, forward: bool) -> None:
        if not self._view.go_to_coding(forward=forward):
            self._view.missed.emit(Missing.NEXT if forward else Missing.PREVIOUS)

    # Boundaries of the coding around the caret

    def _end_on_word(self) -> None:
        self._change(end=self._view.motion.word_end_after)

    def _end_back_word(self) -> None:
        self._change(end=self._view.motion.word_end_before)

    def _start_on_word(self) -> None:
        self._change(start=self._word_on)

    def _start_back_word(self) -> None:
        self._change(start=self._word_back)

    def _word_on(self, position: int) -> int:
        return self._view.motion.after(position, WORDS)

    def _word_back(self, position: int) -> int:
        return self._view.motion.before(position, WORDS)

    def _end_on(self) -> None:
        self._change(end=self._view.motion.after)

    def _end_back(self) -> None:
        self._change(end=self._view.motion.before)

    def _start_on(self) -> None:
        self._change(start=self._view.motion.after)

    def _start_back(self) -> None:
        self._change(start=self._view.motion.before)

    def _change(
        self,
        *,
        start: Callable[[int], int] | None = None,
        end: Callable[[int], int] | None = None,
    ) -> None:
        view = self._view
        coding = view.own_coding()
        if coding is None:
            return
        to = view.motion.boundary
        first = to(start, coding.start, end=False) if start else coding.start
        last = to(end, coding.end, end=True) if end else coding.end
        if first < last and (first, last) != (coding.start, coding.end):
            view.boundaryRequested.emit(BoundaryRequest(coding.guid, first, last))
