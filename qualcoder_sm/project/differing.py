"""Where two lists of words differ, within bounds: what is said once in both parts a long text."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Block = tuple[int, int, int, int]

_MOST_COMPARED = 10_000_000
_RUN = 8
# `SequenceMatcher` leaves out what makes up more than a hundredth of two hundred or more.
_MANY, _OFTEN = 200, 100


def differing(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """(a, b, c, d) for each old[a:b] that became new[c:d], in order; all between is the same.

    Lists that repeat a few words all along would be compared for hours: they are parted first at
    runs of words that stand once in each, and what still is too much counts as changed.
    """
    if _compared(old, new) <= _MOST_COMPARED:
        yield from _opcodes(old, new, 0, 0)
        return
    a = c = 0
    for b, d in (*_anchors(old, new), (len(old), len(new))):
        if old[a:b] != new[c:d]:
            yield from _within(old[a:b], new[c:d], a, c)
        a, c = b, d


def _within(old: Sequence[str], new: Sequence[str], a: int, c: int) -> Iterator[Block]:
    if _compared(old, new) <= _MOST_COMPARED:
        yield from _opcodes(old, new, a, c)
    else:
        yield a, a + len(old), c, c + len(new)


def _opcodes(old: Sequence[str], new: Sequence[str], at: int, new_at: int) -> Iterator[Block]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag != "equal":
            yield at + a, at + b, new_at + c, new_at + d


def _compared(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal words `SequenceMatcher` looks at in its first round."""
    counts = Counter(new)
    most = len(new) // _OFTEN + 1 if len(new) >= _MANY else len(new)
    return sum(n for n in map(counts.__getitem__, old) if n <= most)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Where runs of words that stand once in each begin, as many as are in the same order."""
    places = _once(new)
    pairs = [(at, places[run]) for run, at in _once(old).items() if run in places]
    # The longest rising chain of places: where chains of each length end lowest, and with which pair.
    lowest: list[int] = []
    ending: list[int] = []
    before: list[int] = []
    for i, (_at, place) in enumerate(pairs):
        length = bisect_left(lowest, place)
        lowest[length : length + 1] = [place]
        ending[length : length + 1] = [i]
        before.append(ending[length - 1] if length else -1)
    chain: list[tuple[int, int]] = []
    i = ending[-1] if ending else -1
    while i >= 0:
        chain.append(pairs[i])
        i = before[i]
    return chain[::-1]


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """The runs of words that stand once, with their places, in order."""
    runs = list(zip(*(words[i:] for i in range(_RUN)), strict=False))
    counts = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counts[run] == 1}
