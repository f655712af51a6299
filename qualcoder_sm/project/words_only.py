"""From version 1 of the file: the text of a transcript held labels and times, and loses them.

What lies in its units stays, a unit under the other, and every span goes with its words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import SourceKind
from qualcoder_sm.project import links_in_text, rows, text_edits, unit_edits
from qualcoder_sm.project.codes import Codes
from qualcoder_sm.project.codings import Codings
from qualcoder_sm.project.moves import Fate
from qualcoder_sm.project.notes import Notes
from qualcoder_sm.project.removal import links_of, memos_about, remove_codings
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.spans import on_words, trimmed
from qualcoder_sm.store import beside, schema, search, told
from qualcoder_sm.store.trail import written_time

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from qualcoder_sm.model import Coding, Source
    from qualcoder_sm.project.core import Core
    from qualcoder_sm.spans import Span
    from qualcoder_sm.store.journal import Journal

_LINE = re.compile(r"[^\n]+")
_TIME = re.compile(r"[\[(<#]?\d{1,2}:\d{2}[\d:.,]*(?:-\d#|[\])>])?")


def convert(core: Core, journal: Journal) -> str:
    """Take labels and times out of all transcripts; texts that no source has any more go for good.

    The step names the codings that lay on no word, and those that came to be another's double;
    what was written about the former becomes a free memo. Returns what was done.
    """
    corrected = told.corrected_sources(journal.connection)
    done = {
        source: _Conversion(core, source, source.guid in corrected)
        for source in Texts(core).all()
        if source.kind is SourceKind.TRANSCRIPT
    }
    for conversion in done.values():
        conversion.write(journal)
    _follow_in_memos(core, journal, {source: one.words for source, one in done.items()})
    changed = sum(one.words.old != one.words.new for one in done.values())
    wordless = [coding.guid for one in done.values() for coding in one.wordless]
    doubled = [guid for one in done.values() for guid in one.doubled]
    journal.describe(texts=changed, wordless=wordless, doubled=doubled)
    told.forget_unused_texts(journal.connection)
    search.rebuild(journal.connection)
    return _told(changed, len(wordless), len(doubled))


class WordsOnly:
    """A text with its labels, and the same without them: where spans of the one are in the other.

    `units` are those of the old text, sorted and apart, without white space at their ends.
    """

    def __init__(self, old: str, units: Sequence[Span]) -> None:
        self.old, self.units = old, units
        self.new = "\n".join(old[start:end] for start, end in units)
        self._starts: list[int] = []
        at = 0
        for start, end in units:
            self._starts.append(at)
            at += end - start + 1

    def coded(self, start: int, end: int) -> Span | None:
        """Where the words of a span are now; None when it held none."""
        first, last = on_words(self.old, self.units, start, end)
        return (self._place(first), self._place(last - 1) + 1) if first < last else None

    def moved(self, start: int, end: int) -> tuple[Span, Fate]:
        """The same for a link, which goes to what is said next when it held no words."""
        following = min(bisect_right(self.units, (start, end)), len(self.units) - 1)
        span = self.coded(start, end) or self.coded(*self.units[following])
        return span or (0, 0), Fate.CHANGED

    def _place(self, position: int) -> int:
        unit = bisect_right(self.units, position, key=_start) - 1
        return self._starts[unit] + position - self.units[unit][0]


class _Conversion:
    """A transcript, and what becomes of it: `words`, and which codings go."""

    def __init__(self, core: Core, source: Source, corrected: bool) -> None:
        self._core, self._source = core, source
        text = Texts(core).text_of(source.sha256)
        self._rows = rows.of_source(core, schema.units, source.guid)
        spans = {row["guid"]: trimmed(text, row["start"], min(row["end"], len(text)))
                 for row in self._rows}  # fmt: skip
        self._units = {guid: span for guid, span in spans.items() if span[0] < span[1]}
        spoken = {self._units[row["guid"]] for row in self._rows
                  if row["person"] and row["guid"] in self._units}  # fmt: skip
        known = sorted(self._units.values())
        self._loose = list(_loose(text, known, spoken)) if corrected or not known else []
        self.words = WordsOnly(text, sorted([*known, *self._loose]))
        codings = Codings(core).of_source(source.guid)
        self._places = {one.guid: self.words.coded(one.start, one.end) for one in codings}
        self.wordless = [one for one in codings if self._places[one.guid] is None]
        self.doubled = list(_doubles(core, codings, self._places))

    def write(self, journal: Journal) -> None:
        """Write it as part of the step."""
        core, guid = self._core, self._source.guid
        [sha256] = journal.add_contents([self.words.new])
        journal.update(schema.sources, guid, sha256=sha256, characters=len(self.words.new))
        for coding in self.wordless:
            _free_memos(core, journal, coding, self._source)
        if gone := [*(coding.guid for coding in self.wordless), *self.doubled]:
            remove_codings(core, journal, gone)
        text_edits.place(core, journal, guid, self._places)
        kept = {unit: self.words.coded(*span) or span for unit, span in self._units.items()}
        new = tuple(self.words.coded(*span) or span for span in self._loose)
        blank = tuple(row["guid"] for row in self._rows if row["guid"] not in kept)
        unit_edits.write(core, journal, guid, unit_edits.UnitEdits(kept, blank, new))


def _loose(text: str, units: Sequence[Span], spoken: Container[Span]) -> Iterator[Span]:
    """Lines between the units with words that a correction left there: no labels, no times."""
    edges = [0, *(edge for unit in units for edge in unit), len(text)]
    for n, (begin, end) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
        speech = n < len(units) and units[n] in spoken
        for line in _LINE.finditer(text, begin, end):
            words, times = _TIME.subn("", line[0])
            opens = speech and times and not text[line.end() : end].strip()
            label = opens or words.strip("*_ ").endswith((":", "：", "\t"))
            if any(map(str.isalnum, words)) and not label:
                yield trimmed(text, *line.span())


def _doubles(
    core: Core, codings: Sequence[Coding], places: Mapping[str, Span | None]
) -> Iterator[str]:
    """Codings that are now where another of the same code and coder is, and say nothing more."""

    def place(coding: Coding) -> tuple[str, str, Span]:
        return coding.code, coding.coder, places[coding.guid] or (0, 0)

    placed = sorted((one for one in codings if places[one.guid]), key=place)
    for _place, group in groupby(placed, key=place):
        same = list(group)
        if len(same) > 1:
            plain = [one.guid for one in same if _is_plain(core, one)]
            yield from plain[len(plain) == len(same) :]


def _is_plain(core: Core, coding: Coding) -> bool:
    said = coding.memo or coding.polarity or coding.weight is not None
    about = memos_about(core, coding.guid) or links_of(core, [coding.guid])
    return not said and not about


def _free_memos(core: Core, journal: Journal, coding: Coding, source: Source) -> None:
    """What was written about a coding that goes becomes free memos, that of its coder among them."""
    for note in memos_about(core, coding.guid):
        journal.update(schema.notes, note, target_table="", target="")
    if coding.memo:
        code = Codes(core).get(coding.code).name
        now = written_time(core.clock())
        title = tr("{code}, in {source}", code=code, source=source.name)
        note = {"guid": core.new_guid(), "kind": "analytic", "title": title, "text": coding.memo,
                "coder": coding.coder, "created": now, "modified": now}  # fmt: skip
        journal.insert(schema.notes, note)


def _follow_in_memos(core: Core, journal: Journal, words: Mapping[Source, WordsOnly]) -> None:
    """Links in memos, and in those being typed, keep pointing at their words."""
    names = [source.name for source in Texts(core).all()]
    known = {source.name: one for source, one in words.items() if names.count(source.name) == 1}
    known |= {source.guid: one for source, one in words.items()}

    def followed(text: str) -> str:
        for name in {link.source for link in links_in_text.links(text)} & known.keys():
            text = links_in_text.moved(text, {name}, known[name])
        return text

    for note in Notes(core).all():
        if (text := followed(note.text)) != note.text:
            journal.update(schema.notes, note.guid, text=text)
    for draft in Notes(core).drafts():
        beside.rewrite_draft(journal.connection, draft.note, followed(draft.text))


def _told(changed: int, wordless: int, doubled: int) -> str:
    parts = [
        ntr("labels and times left the text of {n} source",
            "labels and times left the texts of {n} sources", changed),
        ntr("{n} coding that lay on no word was dropped",
            "{n} codings that lay on no word were dropped", wordless) if wordless else "",
        ntr("{n} coding that came to be the double of another was dropped",
            "{n} codings that came to be doubles of others were dropped", doubled) if doubled else "",
    ]  # fmt: skip
    return "; ".join(filter(None, parts))


def _start(span: Span) -> int:
    return span[0]
