"""Words as texts have them: few that stand everywhere, many that stand once (Zipf's law)."""

import random
from itertools import accumulate

DISTINCT = 40_000
_SYLLABLES = [
    a + b for a in "bdfghklmnprstvwz" for b in ("a", "e", "i", "o", "u", "ai", "ou", "er")
]


def vocabulary(distinct: int = DISTINCT) -> list[str]:
    """So many distinct words, the commonest first, which are short."""
    words = ("".join(_syllables(rank)) for rank in range(distinct))
    return list(words)


def zipf(distinct: int = DISTINCT) -> list[float]:
    """The cumulated weights of these words: the r-th stands 1/r times as often as the first."""
    return list(accumulate(1 / rank for rank in range(1, distinct + 1)))


def words(chance: random.Random, n: int, known: list[str], weights: list[float]) -> list[str]:
    """n of the known words by their weights."""
    return chance.choices(known, cum_weights=weights, k=n)


def _syllables(rank: int) -> list[str]:
    base, rest = len(_SYLLABLES), rank
    found = [_SYLLABLES[rest % base]]
    while rest >= base:
        rest = rest // base - 1
        found.append(_SYLLABLES[rest % base])
    return found
