"""Where sentences end: a small rule book, always with the same result, that carries a version.

The rules, in order, inside each line (a line's end always ends the sentence):

1. A run of . ! ? or … may end a sentence when white space or the line's end follows, closing
   quotes and brackets allowed between. 。！？ and ｡ end one without white space.
2. Not after a title or a Latin short form (Dr. Mrs. e.g. cf.), nor after dotted letters (U.K.)
   or a single capital (J. Smith), "I" excepted; nor after a number that opens the line (1. First).
3. Not after p. pp. No. Fig. and their like when a number follows.
4. Not when a small letter follows and the run is an ellipsis, stands before a closing quote or
   bracket, or belongs to etc. a.m. p.m. and their like.

Every character that is not white space belongs to exactly one sentence.
"""

import re
from collections.abc import Iterator

from qualcoder_sm.spans import Span

SENTENCE_RULES = 1
"""Version of the rules above: printed with every figure that counts sentences."""

_END = re.compile(
    r"(?P<mark>(?<![.!?…])[.!?…]++)(?P<close>[\"'”’»›)\]}]*+)(?=\s|$)"
    r"|(?P<wide>[。！？｡]+)[\"'”’»›)\]}」』）】》]*"
)
_WORD_AT_END = re.compile(r"[^\s(\[{\"'“‘«‹]*$")
_NEXT = re.compile(r"\s*(\S?)")
_LONGEST = 24  # characters looked at before a full stop: no short form is longer
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NEVER = _words(
    "dr mr mrs ms mx prof rev hon sr jr st gen col capt lt sgt messrs mme mlle "
    "e.g eg i.e ie cf viz vs approx ca al"
)
_BEFORE_NUMBER = _words("p pp no nos fig figs vol vols ch sec art para eq tab")
_BEFORE_SMALL = _words("etc a.m p.m a.k.a inc ltd co dept est min max ed eds")


def sentences(text: str) -> list[Span]:
    """The spans of the sentences, white space around them left out; sorted, never overlapping."""
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        spans.extend(_trimmed(line, begin, end, start) for begin, end in _cuts(line))
        start += len(line) + 1
    return [span for span in spans if span[0] < span[1]]


def _cuts(line: str) -> Iterator[Span]:
    begin = 0
    for match in _END.finditer(line):
        if match["wide"] or _ends(line, match):
            yield begin, match.end()
            begin = match.end()
    yield begin, len(line)


def _ends(line: str, match: re.Match[str]) -> bool:
    mark, following = match["mark"], _NEXT.match(line, match.end())
    after = following[1] if following else ""
    if mark == "." and not match["close"]:
        before = line[max(0, match.start() - _LONGEST) : match.start()]
        opens_list = match.start() < _LONGEST and before.strip().isdigit()
        return not opens_list and not _is_short_form(_WORD_AT_END.findall(before)[0], after)
    ellipsis = "…" in mark or ".." in mark
    return not (after.islower() and (ellipsis or match["close"]))


def _is_short_form(word: str, after: str) -> bool:
    lower = word.casefold()
    if lower in _BEFORE_SMALL:
        return after.islower()
    if lower in _BEFORE_NUMBER:
        return after.isdigit()
    initial = len(word) == 1 and word.isupper() and word != "I"
    return lower in _NEVER or initial or _DOTTED.fullmatch(word) is not None


def _trimmed(line: str, begin: int, end: int, base: int) -> Span:
    part = line[begin:end]
    left = begin + len(part) - len(part.lstrip())
    return base + left, base + begin + len(part.rstrip())
