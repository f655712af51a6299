"""A transcript as it is stored: the words alone; who speaks, and when, stands beside them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from qualcoder_sm.bundle import Problem, UnitDraft
from qualcoder_sm.i18n import ntr
from qualcoder_sm.importers.clock import Said, in_brackets, said
from qualcoder_sm.importers.options import ImportOptions
from qualcoder_sm.importers.paragraphs import Document, lines
from qualcoder_sm.importers.transcript import Mark, speaker, turns
from qualcoder_sm.model import UnitKind


@dataclass(frozen=True, slots=True)
class Transcribed:
    """The words of a transcript, a unit under the other, and what was seen on the way.

    `silent` counts labels without words, `times_left_out` lines within turns that held nothing
    but a time; `times_inside` are those that stand in the midst of words and stay there.
    """

    text: str
    units: tuple[UnitDraft, ...]
    silent: int
    times_left_out: int
    times_inside: tuple[str, ...]


class _Stretch(NamedTuple):
    """A part of the document that becomes a unit, if there are words in it."""

    start: int
    end: int
    kind: UnitKind
    mark: Mark | None = None


class _Piece(NamedTuple):
    """A unit that has no place yet: its words, and what is known of it."""

    words: str
    unit: UnitDraft
    mark: Mark | None
    times_left_out: int


def spoken(source: Document, options: ImportOptions) -> Transcribed:
    """Turns as the words that were said; lines above the first turn, and headings, are units, too.

    A time at the end of a turn is when the next one begins, where that has none of its own.
    """
    marks = turns(source.text, options)
    pieces = list(_pieces(source, _stretches(source, marks), options))
    heard = {piece.mark.line for piece in pieces if piece.mark}
    return Transcribed(
        text="\n".join(piece.words for piece in pieces),
        units=tuple(_placed(pieces)),
        silent=sum(mark.line not in heard for mark in marks),
        times_left_out=sum(piece.times_left_out for piece in pieces),
        times_inside=tuple(time for piece in pieces for time in in_brackets(piece.words)),
    )


def problems(found: Transcribed, file: str) -> Iterator[Problem]:
    """What the researcher should know of it."""
    if found.silent:
        yield Problem(file, "", ntr(
            "{n} label without words was left out.", "{n} labels without words were left out.",
            found.silent))  # fmt: skip
    if found.times_left_out:
        yield Problem(file, "", ntr(
            "{n} line that held nothing but a time was left out.",
            "{n} lines that held nothing but a time were left out.",
            found.times_left_out))  # fmt: skip
    if found.times_inside:
        yield Problem(file, "", ntr(
            "{n} time stays in the text, for it stands within what is said: {time}.",
            "{n} times stay in the text, for they stand within what is said, such as {time}.",
            len(found.times_inside), time=found.times_inside[0]))  # fmt: skip


def _stretches(source: Document, marks: Sequence[Mark]) -> Iterator[_Stretch]:
    edges = [*(mark.line for mark in marks), len(source.text)]
    for line in lines(source, 0, edges[0]):
        yield _Stretch(*line)
    for mark, end in zip(marks, edges[1:], strict=True):
        yield from _turn(source, mark, end)


def _turn(source: Document, mark: Mark, end: int) -> Iterator[_Stretch]:
    """A turn, cut where headings stand in it; after one the same person goes on."""
    at = mark.speech
    for line in lines(source, at, end) if source.headings else ():
        if line.kind is UnitKind.HEADING:
            yield _Stretch(at, line.start, UnitKind.TURN, mark)
            yield _Stretch(*line)
            at, mark = line.end, replace(mark, offset=None)
    if at == mark.speech or source.text[at:end].strip():
        yield _Stretch(at, end, UnitKind.TURN, mark)


def _pieces(
    source: Document, stretches: Iterable[_Stretch], options: ImportOptions
) -> Iterator[_Piece]:
    ended: float | None = None
    for stretch in stretches:
        found = said(source.text, stretch.start, stretch.end)
        if found.words:
            unit = _unit(stretch, (found.opening, ended), options)
            paged = replace(unit, page=source.page_at(found.start))
            yield _Piece(found.words, paged, stretch.mark, found.lines)
        ended = _ended(stretch, found, ended)


def _unit(
    stretch: _Stretch, times: tuple[float | None, float | None], options: ImportOptions
) -> UnitDraft:
    """The unit without its place; it begins at the first of the times, or at that of its label."""
    if stretch.kind is UnitKind.HEADING:
        return UnitDraft(0, 0, stretch.kind)
    mark = stretch.mark
    times_known = [time for time in (mark and mark.offset, *times) if time is not None]
    offset = times_known[0] if times_known else None
    if mark is None:
        return UnitDraft(0, 0, stretch.kind, offset=offset)
    who, role = speaker(mark, options)
    return UnitDraft(0, 0, stretch.kind, speaker=who, role=role, offset=offset)


def _ended(stretch: _Stretch, found: Said, before: float | None) -> float | None:
    """The time that stands before what comes next."""
    if found.closing is not None:
        return found.closing
    if not found.words:
        return found.opening
    return before if stretch.kind is UnitKind.HEADING else None


def _placed(pieces: Iterable[_Piece]) -> Iterator[UnitDraft]:
    """The units on the words, each a newline after the one before."""
    at = 0
    for piece in pieces:
        yield replace(piece.unit, start=at, end=at + len(piece.words))
        at += len(piece.words) + 1
