"""Codings on the page: which are shown, which is pointed at, and where they may be drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from qualcoder_sm import spans
from qualcoder_sm.model import Coding, Unit
from qualcoder_sm.spans import Span
from qualcoder_sm.ui.reading.caret import CaretSurface
from qualcoder_sm.ui.reading.content import CodeLook, LinkMark, Mode, Numbers
from qualcoder_sm.ui.reading.scene import Coders, Hit

FLASH = 200


class CodedSurface(CaretSurface):
    """A page whose codings can be changed one by one, at a cost that does not grow with them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flash_over = QTimer(self, singleShot=True, interval=FLASH)
        self._flash_over.timeout.connect(self._end_flash)

    # What is shown

    def set_codes(self, codes: Mapping[str, CodeLook]) -> None:
        """The names and colours of all codes, by guid."""
        self._scene.looks = codes
        self._scene.forget_all_plans()
        self._minimap.reload()
        self.viewport().update()

    def set_codings(self, codings: Iterable[Coding]) -> None:
        """All codings of the source shown."""
        self._scene.index.fill(codings)
        self._codings_changed()

    def add_coding(self, coding: Coding) -> None:
        """A coding was made."""
        self._touch(coding, self._scene.index.add(coding))

    def remove_coding(self, guid: str) -> None:
        """A coding was removed; nothing happens when it is not here."""
        coding = self._scene.index.get(guid)
        if coding is not None:
            self._touch(coding, self._scene.index.remove(guid))

    def replace_coding(self, coding: Coding) -> None:
        """A coding got other boundaries, another code or other marks."""
        before = self._scene.index.get(coding.guid)
        if before is None or not _near(before, coding):
            self.remove_coding(coding.guid)
            self.add_coding(coding)
            return
        old, new = self._scene.index.remove(coding.guid), self._scene.index.add(coding)
        both = replace(
            coding, start=min(before.start, coding.start), end=max(before.end, coding.end)
        )
        self._touch(both, range(min(old.start, new.start), max(old.stop, new.stop)))

    def set_coders(
        self, own: str, initials: Mapping[str, str], shown: Iterable[str] | None = None
    ) -> None:
        """Who codes here, everybody's initials, and whose codings are shown beside one's own.

        `shown` None shows everybody's.
        """
        visible = None if shown is None else frozenset(shown)
        self._scene.coders = Coders(own, dict(initials), visible)
        self._codings_changed()

    def set_filter(self, codes: Iterable[str] | None) -> None:
        """Show only codings with these codes; None shows all."""
        wanted = None if codes is None else frozenset(codes)
        if wanted != self._scene.filter:
            self._scene.filter = wanted
            self._codings_changed()

    def set_marked(self, codes: Iterable[str] | None) -> None:
        """Let these codes stand out in the overview; None makes all equal."""
        marked = None if codes is None else frozenset(codes)
        if marked != self._scene.marked:
            self._scene.marked = marked
            self._minimap.reload()

    def set_numbers(self, numbers: Numbers) -> None:
        """Show the numbers of units or lines in the margin, or none."""
        if numbers is not self._scene.numbers:
            self._scene.numbers = numbers
            self.viewport().update()

    def set_search_hits(
        self, hits: Sequence[tuple[int, int]], current: tuple[int, int] | None = None
    ) -> None:
        """Mark these spans, sorted and apart, as found; one of them as the current one."""
        self._scene.hits = [Hit(start, end) for start, end in hits]
        self._scene.current_hit = Hit(*current) if current else None
        self.viewport().update()
        self._minimap.hits_changed()

    def set_links(self, links: Sequence[LinkMark]) -> None:
        """The links from and to codings of the source shown."""
        if tuple(links) != self._scene.links:
            self._scene.links = tuple(links)
            self.viewport().update()

    def set_mode(self, mode: Mode) -> None:
        """Show codings in this way."""
        self._scene.mode = mode
        self._minimap.reload()
        self.viewport().update()

    def mode(self) -> Mode:
        """How codings are shown."""
        return self._scene.mode

    def flash(self, guid: str) -> None:
        """Let the outline of a coding light up once."""
        coding = self._scene.index.get(guid)
        if coding is not None:
            self._scene.flashed = guid
            self._update_span(coding.start, coding.end)
            self._flash_over.start()

    def _end_flash(self) -> None:
        self._scene.flashed = ""
        self.viewport().update()

    def _touch(self, coding: Coding, blocks: range) -> None:
        """Repaint what one coding concerns: its words, and the stripes that make room."""
        numbers = self._scene.forget_plans(coding.start, coding.end)
        moved = self._stripes.rearranged(numbers, blocks, self._blocks_in_sight(blocks))
        self._update_paragraphs(numbers)
        self._update_stripes(numbers)
        if moved:
            self._update_stripes(moved)
        self._update_arcs()
        self._minimap.blocks_changed(blocks)

    def _codings_changed(self) -> None:
        self._scene.forget_all_plans()
        self._stripes.forget_all()
        self._minimap.reload()
        self.viewport().update()

    # Where things are

    def source(self) -> str:
        """The guid of the source shown."""
        return self._document.content.guid

    def text(self) -> str:
        """The text of the source shown, as stored."""
        return self._document.content.text

    def coding(self, guid: str) -> Coding | None:
        """The coding with this guid, shown or not; None when it is not in this source."""
        return self._scene.index.get(guid)

    def code_name(self, coding: Coding) -> str:
        """The name of a coding's code."""
        return self._scene.look(coding.code).name

    def codings_at(self, position: int) -> list[Coding]:
        """The shown codings around a position, the shortest first."""
        return self._scene.index.covering(position, self._scene.shown)

    def codings_here(self) -> list[Coding]:
        """The shown codings on the selected words, in reading order, or around the caret."""
        return self._scene.here()

    def current_coding(self) -> Coding | None:
        """The coding here that keys are about: the one made, pressed or gone to last.

        Else one's own before others', the shortest first; None when no coding is here.
        """
        return self._scene.current()

    def is_own(self, coding: Coding) -> bool:
        """Whether a coding is by the coder who works here."""
        return self._scene.is_own(coding)

    def choose(self, guid: str) -> None:
        """Make a coding here the current one, until the caret or the selection leaves it."""
        if guid in {coding.guid for coding in self._scene.here()}:
            self._scene.chosen = guid
            self.viewport().update()

    def codings_in(self, start: int, end: int) -> list[Coding]:
        """The shown codings that share a character with a span, in reading order."""
        return self._scene.index.overlapping(start, max(end, start + 1), self._scene.shown)

    def unit_at(self, position: int) -> Unit | None:
        """The turn or post at a position; None outside of them."""
        return self._document.unit_of(self._document.paragraph_at(position))

    def codes_on(self, start: int, end: int) -> set[str]:
        """The codes that one has put on all of these words already, shown or not."""
        index = self._scene.index.overlapping(start, end, self._scene.is_own)
        return {coding.code for coding in index if coding.start <= start and coding.end >= end}

    def go_to_uncoded(self, *, forward: bool) -> Span | None:
        """Put the caret at the next or previous unit that has words and none of one's codings.

        The one at whose beginning the caret stands counts, unless it was led there. Passed by are
        interviewers, headings, and what stands in a transcript before anybody speaks. Returns the
        unit's words; None, without moving, when there is none.
        """
        scene, text = self._scene, self._document.content.text
        caret, units = self.selection()[0], self._document.to_be_coded()
        for unit in units if forward else reversed(units):
            start, end = spans.trimmed(text, unit.start, unit.end)
            onward = start > caret or (start == caret and scene.led != caret)
            ahead = onward if forward else start < caret
            if ahead and not scene.index.overlapping(start, end, scene.is_own):
                self.jump_to(start, start)
                scene.led = start
                return start, end
        return None

    def go_to_coding(self, *, forward: bool) -> bool:
        """Make the next or previous shown coding the current one; False when there is none."""
        index, caret, current = self._scene.index, self.selection()[0], self.current_coding()
        step = index.next_start if forward else index.previous_start
        if current and (current.guid != self._scene.chosen or current.start != caret):
            current = None
        coding = step(caret, self._scene.shown, current)
        if coding is not None:
            start = self.motion.snapped(coding.start)
            self.jump_to(start, start)
            self.choose(coding.guid)
        return coding is not None


def _near(one: Coding, other: Coding) -> bool:
    return one.start <= other.end and other.start <= one.end
