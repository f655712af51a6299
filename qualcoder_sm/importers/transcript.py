"""Who speaks in a transcript: the labels that open turns."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from qualcoder_sm.importers.clock import BRACKETED, CLOCK, seconds
from qualcoder_sm.importers.options import ImportOptions
from qualcoder_sm.model import Role

_LABEL = r"[^\W\d_][^\n\t:：\[\]()<>\#*]{0,40}?"
_BOLD = r"(?:\*\*|__)?"

# Possessive where white space repeats: a line of nothing else must not be tried in every way.
_TURN = re.compile(
    rf"""^[ \t\ufeff]*+
    (?:(?P<before>{BRACKETED}|{CLOCK})[ \t]*+(?:[-–][ \t]*+)?)?
    {_BOLD}(?P<label>{_LABEL}){_BOLD}
    (?:
        [ ]*+(?:(?P<between>{BRACKETED})[ ]*+)?(?:[:：]|(?P<tab>\t)){_BOLD}
        (?:[ \t]*+(?P<after>{BRACKETED}))?
      | [ \t]++(?P<alone>{BRACKETED}|{CLOCK})[ \t]*+$
    )""",
    re.MULTILINE | re.VERBOSE,
)

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
class Mark:
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
        Speaker(label, n, _asks(options.speakers.get(label) or label, options))
        for label, n in counts.items()
    )


def unheard(text: str) -> list[str]:
    """What opens a line as a label would, but is none, for it comes only once; in order."""
    found = (_mark(match) for match in _TURN.finditer(text))
    return list(dict.fromkeys(
        mark.label for mark in found if not mark.by_tab and _is_label(mark.label, repeated=True)
    ))  # fmt: skip


def is_transcript(text: str, options: ImportOptions) -> bool:
    """Whether at least two turns stand in the text."""
    return len(turns(text, options)) >= 2


def turns(text: str, options: ImportOptions) -> list[Mark]:
    """The lines that open turns, in order; a label that is told to be no speaker opens none."""
    found = _marks(text, options.speakers)
    return [mark for mark in found if options.speakers.get(mark.label, mark.label) is not None]


def speaker(mark: Mark, options: ImportOptions) -> tuple[str, Role]:
    """Who speaks, by the right label, and whether that is somebody who asks."""
    label = options.speakers.get(mark.label) or mark.label
    return label, Role.INTERVIEWER if _asks(label, options) else Role.PARTICIPANT


def _marks(text: str, named: Iterable[str]) -> list[Mark]:
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
        if mark.label in labels
        and not (
            mark.by_tab and mark.label not in wanted and not _PLAIN_LABEL.fullmatch(mark.label)
        )
    ]


def _mark(found: re.Match[str]) -> Mark:
    stamp = found["before"] or found["between"] or found["after"] or found["alone"]
    return Mark(
        found["label"].strip(),
        found.start(),
        found.end(),
        seconds(stamp) if stamp else None,
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


def _asks(label: str, options: ImportOptions) -> bool:
    if options.interviewers is not None:
        return label in options.interviewers
    return _INTERVIEWER.fullmatch(label) is not None
