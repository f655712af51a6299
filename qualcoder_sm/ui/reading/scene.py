"""Everything the painters look at: the page, its codings, and what is selected and pointed at."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_sm import spans
from qualcoder_sm.model import Coding
from qualcoder_sm.ui.reading.coding_index import CodingIndex
from qualcoder_sm.ui.reading.content import CodeLook, LinkMark, Mode, Numbers
from qualcoder_sm.ui.reading.document import Document
from qualcoder_sm.ui.reading.highlights import Plan, plan
from qualcoder_sm.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

UNKNOWN_CODE = CodeLook(name="", color="#808080")


@dataclass(frozen=True, slots=True)
class Coders:
    """Who codes here (`own`), the initials of all coders, and whose work is shown beside it."""

    own: str = ""
    initials: Mapping[str, str] | None = None
    shown: frozenset[str] | None = None

    def initials_of(self, coder: str) -> str:
        """The initials to write at another coder's stripe."""
        return (self.initials or {}).get(coder, "")


@dataclass(frozen=True, slots=True)
class Hit:
    """A search hit."""

    start: int
    end: int


def _hit_start(hit: Hit) -> int:
    return hit.start


def _hit_end(hit: Hit) -> int:
    return hit.end - 1


class Scene:
    """The state of the reading view, without any painting or input.

    `chosen` is the guid of the coding made, pressed or gone to last, while it is here; `led` is
    where the caret was put by going to what is not coded yet, until it moves.
    """

    def __init__(self, document: Document, theme: Theme) -> None:
        self.theme = theme
        self.looks: Mapping[str, CodeLook] = {}
        self.coders = Coders()
        self.mode = Mode.BOTH
        self.filter: frozenset[str] | None = None
        self.marked: frozenset[str] | None = None
        self.numbers = Numbers.NONE
        self.hovered: frozenset[str] = frozenset()
        self.flashed = self.chosen = ""
        self.hits: Sequence[Hit] = ()
        self.current_hit: Hit | None = None
        self.links: Sequence[LinkMark] = ()
        self.drawn_link: tuple[QPointF, QPointF] | None = None
        self.anchor = self.caret = 0
        self.led: int | None = None
        self.whole_unit = self.pointed_unit = -1
        self.set_document(document)

    def set_document(self, document: Document) -> None:
        """Show another page; its codings come later."""
        self.document = document
        edges = [document.starts[number] for number in document.blocks]
        edges[0] = 0
        self.index = CodingIndex(edges)
        self.hovered, self.flashed, self.chosen = frozenset(), "", ""
        self.hits, self.current_hit = (), None
        self.links = ()
        self.anchor = self.caret = document.clamped(0)
        self.whole_unit = self.pointed_unit = -1
        self.led = None

    @property
    def selection(self) -> tuple[int, int]:
        """The selected span; empty at the caret when nothing is selected."""
        return min(self.anchor, self.caret), max(self.anchor, self.caret)

    @property
    def words(self) -> tuple[int, int]:
        """The selected words, without white space at their ends; as selected when it is all."""
        start, end = spans.trimmed(self.document.content.text, *self.selection)
        return (start, end) if start < end else self.selection

    @property
    def lit_units(self) -> tuple[int, int]:
        """The unit selected as a whole and the one pointed at, by index; -1 for none."""
        return self.whole_unit, self.pointed_unit

    def shown(self, coding: Coding) -> bool:
        """Whether a coding is to be seen."""
        if self.filter is not None and coding.code not in self.filter:
            return False
        coders = self.coders
        return not coders.own or coding.coder == coders.own or (
            coders.shown is None or coding.coder in coders.shown
        )  # fmt: skip

    def is_own(self, coding: Coding) -> bool:
        """Whether the coding is by the coder who works here."""
        return not self.coders.own or coding.coder == self.coders.own

    def own_and_shown(self, coding: Coding) -> bool:
        """Whether the coding is to be seen and may be changed here."""
        return self.is_own(coding) and self.shown(coding)

    def look(self, code: str) -> CodeLook:
        """The name and colour of a code; grey and nameless when it is not known (any more)."""
        return self.looks.get(code, UNKNOWN_CODE)

    def color_of(self, coding: Coding) -> str:
        """The colour of a coding's code."""
        return self.look(coding.code).color

    def codings_of(self, number: int) -> list[Coding]:
        """The shown codings that touch a paragraph, in reading order."""
        paragraph = self.document.paragraphs[number]
        return self.index.overlapping(paragraph.start, paragraph.end, self.shown)

    def hits_in(self, start: int, end: int) -> list[Hit]:
        """The search hits that touch text[start:end]."""
        first = bisect_left(self.hits, start, key=_hit_end)
        last = bisect_left(self.hits, end, key=_hit_start)
        return list(self.hits[first:last])

    def plan_of(self, number: int) -> Plan:
        """What is painted behind a paragraph's words; made once, until its codings change."""
        laid = self.document.laid(number)
        if laid.plan is None:
            paragraph = self.document.paragraphs[number]
            codings = self.codings_of(number)
            span = paragraph.start, paragraph.end
            plain = self.theme.plain
            laid.plan = plan(laid, *span, codings, self.color_of, underlined=plain)
        return laid.plan

    def here(self) -> list[Coding]:
        """The shown codings on the selected words, in reading order, or around the caret."""
        start, end = self.words
        if start == end:
            return self.index.covering(start, self.shown)
        return self.index.overlapping(start, end, self.shown)

    def current(self) -> Coding | None:
        """The one of the codings here that keys and the inspector are about; None without any.

        `chosen` is; else one's own before others', the shortest around all the words, the first
        of those on a part of them.
        """
        start, end = self.words

        def rank(coding: Coding) -> tuple[bool, bool, bool, int, str]:
            part = coding.start > start or coding.end < end
            place = coding.start if part else coding.end - coding.start
            return coding.guid != self.chosen, not self.is_own(coding), part, place, coding.guid

        return min(self.here(), key=rank, default=None)

    def active(self) -> Coding | None:
        """The current coding when it is one's own and the caret stands in it; None otherwise."""
        current = self.current() if self.anchor == self.caret else None
        return current if current and self.is_own(current) else None

    def around(self) -> tuple[Coding, ...]:
        """One's own codings around the caret or all selected words, the shortest first."""
        start, end = self.words
        found = self.index.covering(start, self.own_and_shown)
        return tuple(coding for coding in found if coding.end >= end)

    def forget_plans(self, start: int, end: int) -> range:
        """Codings of text[start:end] changed; returns the paragraphs concerned."""
        document = self.document
        first, last = document.paragraph_at(start), document.paragraph_at(max(start, end - 1))
        touched = range(first, last + 1)
        for number in document.laid_numbers() if len(touched) > 64 else touched:
            laid = document.at_hand(number)
            if laid is not None and number in touched:
                laid.plan = None
        return touched

    def forget_all_plans(self) -> None:
        """All codings may have changed."""
        for number in self.document.laid_numbers():
            laid = self.document.at_hand(number)
            if laid is not None:
                laid.plan = None
