"""Correcting a text: codings, units and links in memos stay on their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcoder_sm import i18n
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import RowChange
from qualcoder_sm.project import links_in_text, rows, unit_edits
from qualcoder_sm.project.codings import Codings
from qualcoder_sm.project.moves import Fate, Moves
from qualcoder_sm.project.notes import Notes
from qualcoder_sm.project.removal import remove_codings
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.spans import on_words
from qualcoder_sm.store import schema, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcoder_sm.model import Coding, Source
    from qualcoder_sm.project.core import Core
    from qualcoder_sm.spans import Span
    from qualcoder_sm.store.journal import Journal

_SHOWN = 3
_WORDS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class MovedSpan:
    """A coding before and after: its guid, span and words in the old and in the new text."""

    guid: str
    code: str
    before: Span
    after: Span
    words_before: str
    words_after: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class TextEdit:
    """What a corrected text does: to how many places of it, to its codings and its units."""

    source: str
    edits: int
    codings: tuple[MovedSpan, ...]
    units: unit_edits.UnitEdits
    moves: Moves

    @property
    def ambiguous(self) -> list[MovedSpan]:
        """The codings whose words changed or vanished, for review."""
        return [one for one in self.codings if one.fate is not Fate.MOVED]

    @property
    def vanished(self) -> list[MovedSpan]:
        """The codings that have no words left."""
        return [one for one in self.codings if one.fate is Fate.VANISHED]


class WordsVanished(WrongUsage):
    """Codings would lose all their words; `codings` are those to decide about."""

    def __init__(self, message: str, codings: Sequence[MovedSpan] = ()) -> None:
        super().__init__(message)
        self.codings = tuple(codings)


def preview(core: Core, guid: str, text: str) -> TextEdit:
    """What a corrected text does to a source, nothing being written; raises WrongUsage."""
    old, new = Texts(core).text(guid), _checked(text)
    moves = Moves(old, new)
    units = unit_edits.plan(moves, rows.of_source(core, schema.units, guid))
    places = units.places
    codings = tuple(_moved(moves, places, one) for one in Codings(core).of_source(guid))
    return TextEdit(guid, len(moves.hunks), codings, units, moves)


def correct(core: Core, guid: str, text: str, decisions: Mapping[str, Span | None]) -> TextEdit:
    """See `Sources.correct`."""
    with core.change("source.correct") as journal:
        source = Texts(core).get(guid)
        if source.locked:
            raise WrongUsage(
                tr("The text of {name} is locked. Unlock it before you correct it.",
                   name=source.name)
            )  # fmt: skip
        edit = preview(core, guid, text)
        if not edit.edits:
            return edit
        spans = _decided(edit, decisions)
        dropped = [coding for coding, span in spans.items() if span is None]
        [sha256] = journal.add_contents([edit.moves.new])
        journal.update(schema.sources, guid, sha256=sha256, characters=len(edit.moves.new))
        remove_codings(core, journal, dropped)
        place(core, journal, guid, spans)
        unit_edits.write(core, journal, guid, edit.units)
        _follow_in_memos(core, journal, source, edit.moves)
        journal.describe(
            name=source.name,
            source_guid=guid,
            edits=ntr("{n} change", "{n} changes", edit.edits),
            what=i18n.codings(len(dropped)),
            old=f"{len(edit.moves.old):,}",
            new=ntr("{n} character", "{n} characters", len(edit.moves.new)),
            was=source.sha256,
            sha256=sha256,
        )
    return edit


def original_sha256(core: Core, source: Source) -> str:
    """The digest of a source's text before it was corrected first, as far as texts are kept."""
    with core.reading() as connection:
        return told.first_text(connection, source.guid) or source.sha256


def _checked(text: str) -> str:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise WrongUsage(tr("A text needs at least one word. To be rid of it, delete the source."))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise WrongUsage(
            tr("Character {n} of the text is half of a character. Nothing was changed.",
               n=error.start + 1)
        ) from error  # fmt: skip
    return text


def _moved(moves: Moves, units: Sequence[Span], coding: Coding) -> MovedSpan:
    before = coding.start, coding.end
    after, fate = moves.moved(*before)
    if fate is Fate.CHANGED:
        after = on_words(moves.new, units, *after)
        fate = fate if after[0] < after[1] else Fate.VANISHED
    words = moves.old[slice(*before)], moves.new[slice(*after)]
    return MovedSpan(coding.guid, coding.code, before, after, *words, fate)


def _decided(edit: TextEdit, decisions: Mapping[str, Span | None]) -> dict[str, Span | None]:
    """Where every coding goes; None for one that is dropped."""
    undecided = [one for one in edit.vanished if one.guid not in decisions]
    if undecided:
        shown = "; ".join(f"“{one.words_before[:_WORDS_SHOWN]}”" for one in undecided[:_SHOWN])
        raise WordsVanished(
            ntr(
                "{n} coding would lose all of its words: {shown}. Say whether to drop it, or "
                "where it belongs. Nothing was changed.",
                "{n} codings would lose all of their words: {shown}. Say whether to drop them, "
                "or where they belong. Nothing was changed.",
                len(undecided),
                shown=shown,
            ),
            undecided,
        )
    units = edit.units.places
    return {
        one.guid: _decision(edit.moves.new, units, decisions[one.guid])
        if one.guid in decisions else one.after
        for one in edit.codings
    }  # fmt: skip


def _decision(text: str, units: Sequence[Span], span: Span | None) -> Span | None:
    """Where a coding goes by a decision, on words; raises WrongUsage where there are none."""
    if span is None:
        return None
    if not 0 <= span[0] < span[1] <= len(text):
        raise WrongUsage(
            ntr("{a}–{b} lies outside of the new text, which has {n} character.",
                "{a}–{b} lies outside of the new text, which has {n} characters.",
                len(text), a=span[0], b=span[1])
        )  # fmt: skip
    start, end = on_words(text, units, *span)
    if start == end:
        raise WrongUsage(tr("There are no words at {a}–{b} of the new text.", a=span[0], b=span[1]))
    return start, end


def place(core: Core, journal: Journal, source: str, spans: Mapping[str, Span | None]) -> None:
    """Put the codings of a source where they go, by guid."""
    changes: list[RowChange] = []
    for row in rows.of_source(core, schema.codings, source):
        span = spans[row["guid"]]
        if span and span != (row["start"], row["end"]):
            after: dict[str, Any] = row | {"start": span[0], "end": span[1]}
            changes.append(RowChange("codings", row["guid"], row, after))
    journal.replay(changes)


def _follow_in_memos(core: Core, journal: Journal, source: Source, moves: Moves) -> None:
    """Links in memos to passages of the text keep pointing at their words."""
    same = [other for other in Texts(core).all() if other.name == source.name]
    names = {source.guid, source.name} if len(same) == 1 else {source.guid}
    for note in Notes(core).all():
        text = links_in_text.moved(note.text, names, moves)
        if text != note.text:
            journal.update(schema.notes, note.guid, text=text)
