"""Speaker turns in the text of a transcript."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qualcoder_sm.bundle import UnitDraft
from qualcoder_sm.importers.options import ImportOptions
from qualcoder_sm.importers.paragraphs import Document, paragraph_units, trimmed
from qualcoder_sm.model import Role, UnitKind

_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_F4 = r"\#\d\d:\d\d:\d\d-\d\#"
_BRACKETED = rf"{_F4}|[\[(<]{_CLOCK}(?:[ ]*-+>?[ ]*{_CLOCK})?[\])>]"
_LABEL = r"[^\W\d_][^\n\t:：\[\]()<>\#*]{0,40}?"
_BOLD = r"(?:\*\*|__)?"

# Possessive where white space repeats: a line of nothing else must not be tried in every way.
_TURN = re.compile(
    rf"""^[ \t\ufeff]*+
    (?:(?P<before>{_BRACKETED}|{_CLOCK})[ \t]*+(?:[-–][ \t]*+)?)?
    {_BOLD}(?P<label>{_LABEL}){_BOLD}
    (?:
        [ ]*+(?:(?P<between>{_BRACKETED})[ ]*+)?(?:[:：]|(?P<tab>\t)){_BOLD}
        (?:[ \t]*+(?P<after>{_BRACKETED}))?
      | [ \t]++(?P<alone>{_BRACKETED}|{_CLOCK})[ \t]*+$
    )""",
    re.MULTILINE | re.VERBOSE,
)
_END_STAMP = re.compile(rf"({_F4})\Z")
_NUMBER = re.compile(r"\d+")

_ASKING = r"(?:int|iv|interviewer|researcher|moderator|facilitator)"
_INTERVIEWER = re.compile(rf"(?:{_ASKING}|i)(?:[ _-]?\d{{1,2}})?", re.IGNORECASE)
# Labels of which one occurrence is enough.
_PLAIN_LABEL = re.compile(
    rf"(?:[A-Z]{{1,4}}[ _-]?\d{{1,4}}|I|R|Q|A|(?i:{_ASKING}|interviewee|respondent|participant|speaker)"
    r"(?:[ _-]?\d{1,3})?)"
)
_PARTICLES = "al and bin da de del den der di du el la le of the van von y"
# Words that end in a colon again and again without anybody speaking.
_NO_SPEAKERS = """
aim aims background cc conclusion conclusions date duration edit e.g example figure file from http
https i.e interview keywords length location method methods nb n.b note notes objective place ps
p.s re recording results source subject summary table time tip title to transcript update warning
"""
_MOST_WORDS = 5
# So many labels with a time beside them, and each of them is one, though it come once.
_TIMES_TO_TRUST = 3


@dataclass(frozen=True, slots=True)
class Speaker:
    """A label found in a transcript, how many turns it has, and whether it asks."""

    label: str
    turns: int
    interviewer: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line that opens a turn: where it begins, where speech begins, at what second."""

    label: str
    line: int
    speech: int
    offset: float | None
    by_tab: bool


def speakers(text: str, options: ImportOptions | None = None) -> tuple[Speaker, ...]:
    """The labels found, as they stand in the text, in order of appearance.

    Corrections in `options.speakers` are not applied, so that a preview can offer them;
    a label that they name counts as found.
    """
    options = options or ImportOptions()
    counts = Counter(mark.label for mark in _marks(text, options.speakers))
    return tuple(
        Speaker(label, n, _is_interviewer(options.speakers.get(label) or label, options))
        for label, n in counts.items()
    )


def is_transcript(text: str, options: ImportOptions) -> bool:
    """Whether at least two turns stand in the text."""
    return sum(1 for _ in _kept(text, options)) >= 2


def turn_units(source: Document, options: ImportOptions) -> tuple[UnitDraft, ...]:
    """Turns of a transcript, each the speech alone: no label, no time, no white space around.

    Lines above the first turn are paragraphs. Without any turn all lines are.
    """
    marks = list(_kept(source.text, options))
    if not marks:
        return tuple(paragraph_units(source))
    head = paragraph_units(source, 0, marks[0].line)
    return (*head, *_turns(source.text, marks, options))


def _turns(text: str, marks: Sequence[_Mark], options: ImportOptions) -> Iterator[UnitDraft]:
    ends = [mark.line for mark in marks[1:]] + [len(text)]
    began: float | None = None
    for mark, end in zip(marks, ends, strict=True):
        speech_end, stamp = _without_end_stamp(text, mark.speech, end)
        start, stop = trimmed(text, mark.speech, speech_end)
        speaker = options.speakers.get(mark.label) or mark.label
        if start < stop:
            yield UnitDraft(
                start,
                stop,
                UnitKind.TURN,
                speaker=speaker,
                role=Role.INTERVIEWER if _is_interviewer(speaker, options) else Role.PARTICIPANT,
                offset=began if mark.offset is None else mark.offset,
            )
        began = stamp


def _without_end_stamp(text: str, start: int, end: int) -> tuple[int, float | None]:
    """Where the speech ends before a closing #00:01:02-3#, and that time: the next turn's."""
    if found := _END_STAMP.search(text[start:end].rstrip()):
        return start + found.start(), _seconds(found[1])
    return end, None


def _kept(text: str, options: ImportOptions) -> Iterator[_Mark]:
    for mark in _marks(text, options.speakers):
        if options.speakers.get(mark.label, mark.label) is not None:
            yield mark


def _marks(text: str, named: Iterable[str]) -> list[_Mark]:
    candidates = [_mark(found) for found in _TURN.finditer(text)]
    counts = Counter(mark.label for mark in candidates)
    timed = [mark.label for mark in candidates if mark.offset is not None]
    wanted = set(named)
    trusted = set(timed) if len(timed) >= _TIMES_TO_TRUST else set[str]()
    labels = {
        label
        for label, n in counts.items()
        if label in wanted or _is_label(label, repeated=n > 1 or label in trusted)
    }
    return [
        mark
        for mark in candidates
        if mark.label in labels and not (mark.by_tab and not _PLAIN_LABEL.fullmatch(mark.label))
    ]


def _mark(found: re.Match[str]) -> _Mark:
    stamp = found["before"] or found["between"] or found["after"] or found["alone"]
    return _Mark(
        found["label"].strip(),
        found.start(),
        found.end(),
        _seconds(stamp) if stamp else None,
        by_tab=found["tab"] is not None,
    )


def _is_label(label: str, *, repeated: bool) -> bool:
    if _PLAIN_LABEL.fullmatch(label):
        return True
    words = label.split()
    return (
        repeated
        and len(words) <= _MOST_WORDS
        and label.casefold().rstrip(".") not in _NO_SPEAKERS.split()
        and all(word in _PARTICLES.split() or not word[0].islower() for word in words)
    )


def _is_interviewer(label: str, options: ImportOptions) -> bool:
    if options.interviewers is not None:
        return label in options.interviewers
    return _INTERVIEWER.fullmatch(label) is not None


def _seconds(stamp: str) -> float:
    """Seconds of "[1:02:03.5]", "12:30" or "#00:01:02-3#" (tenths); the first time of a range."""
    clock = re.search(_CLOCK, stamp)
    assert clock is not None, "the pattern of a stamp holds a clock time"
    total = 0.0
    for part in clock[0].replace(",", ".").split(":"):
        total = total * 60 + float(part)
    if stamp.startswith("#"):
        total += int(_NUMBER.findall(stamp)[-1]) / 10
    return total
