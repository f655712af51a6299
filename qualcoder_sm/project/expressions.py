"""What a search asks for, as an expression: words, phrases, NEAR, AND, OR, NOT.

`tired alone` both words; `"so tired"` a phrase; `tire*` a beginning; `tired OR weary`;
`tired -alone` or `tired NOT alone`; `NEAR(tired alone, 5)`; parentheses. OR binds least.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.project import folding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcoder_sm.spans import Span

NEAR_WORDS = 10
_DEEPEST = 40
_LONGEST_WORD = 100


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other; `written` is as typed.

    With `prefix` the last may go on; without `whole` they may stand inside of other words.
    """

    written: str
    words: tuple[str, ...]
    prefix: bool = False
    whole: bool = True

    def spans(self, text: str, folded: str) -> list[Span]:
        """Where it stands."""
        return folding.phrase_spans(folded, self.words, prefix=self.prefix, whole=self.whole)

    def narrowed(self) -> str | None:
        """The FTS5 query for sources that may hold it; None when any may."""
        if not self.whole or (self.prefix and len(self.words[-1]) < 2):
            return None
        quoted = '"' + self.written.replace("\0", " ").replace('"', '""') + '"'
        return f"{quoted} *" if self.prefix else quoted


@dataclass(frozen=True, slots=True)
class Literal:
    """Characters that make no word, such as an emoji."""

    written: str

    def spans(self, text: str, folded: str) -> list[Span]:
        """Where it stands."""
        return [match.span() for match in re.finditer(re.escape(self.written), text)]

    def narrowed(self) -> str | None:
        """Any source may hold it."""
        return None


@dataclass(frozen=True, slots=True)
class Near:
    """Phrases in any order with at most `distance` words between the first and the last."""

    phrases: tuple[Phrase, ...]
    distance: int = NEAR_WORDS

    def spans(self, text: str, folded: str) -> list[Span]:
        """From the first to the last of them, wherever they stand near each other."""
        places = [phrase.spans(text, folded) for phrase in self.phrases]
        clusters = {
            cluster
            for i, firsts in enumerate(places)
            for first in firsts
            if (cluster := self._cluster(folded, first, places[:i] + places[i + 1 :]))
        }
        return sorted(clusters)

    def narrowed(self) -> str | None:
        """Sources that hold all phrases."""
        return _all_of([phrase.narrowed() for phrase in self.phrases])

    def _cluster(self, folded: str, first: Span, others: Sequence[list[Span]]) -> Span | None:
        """From `first` to the nearest of each other phrase after it, if near enough."""
        nexts: list[Span] = []
        for spans in others:
            at = bisect_left(spans, (first[1], 0))
            if at == len(spans):
                return None
            nexts.append(spans[at])
        last = max(nexts)
        if last[0] - first[1] > (self.distance + 2) * _LONGEST_WORD:
            return None
        between = folding.count_words(folded, first[1], last[0])
        return (first[0], max(end for _, end in nexts)) if between <= self.distance else None


@dataclass(frozen=True, slots=True)
class Every:
    """All parts."""

    parts: tuple[Expression, ...]

    def narrowed(self) -> str | None:
        """Sources that may hold all parts."""
        return _all_of([part.narrowed() for part in self.parts])


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part."""

    parts: tuple[Expression, ...]

    def narrowed(self) -> str | None:
        """Sources that may hold one of the parts."""
        parts = [part.narrowed() for part in self.parts]
        known = [part for part in parts if part is not None]
        return f"({' OR '.join(known)})" if len(known) == len(parts) else None


@dataclass(frozen=True, slots=True)
class Without:
    """One thing, and not the other."""

    wanted: Expression
    unwanted: Expression

    def narrowed(self) -> str | None:
        """Sources that may hold what is wanted: the other may stand elsewhere in them."""
        return self.wanted.narrowed()


Leaf: TypeAlias = Phrase | Literal | Near
Expression: TypeAlias = Leaf | Every | AnyOf | Without


def read(written: str) -> Expression:
    """The expression for what was typed; raises WrongUsage with what to change."""
    return _Reader(written).expression()


def leaf(written: str, *, prefix: bool = False, whole: bool = True) -> Phrase | Literal | None:
    """What is written as one thing to look for; None when there is nothing but white space.

    Where a script has no spaces between words, a word is looked for inside of others.
    """
    if words := folding.words(written):
        return Phrase(written, words, prefix, whole and not folding.unspaced(written))
    return Literal(written.strip()) if written.strip() else None


def leaves(expression: Expression) -> Iterator[Leaf]:
    """The words and phrases that are wanted or not."""
    match expression:
        case Every(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Without(wanted, unwanted):
            yield from leaves(wanted)
            yield from leaves(unwanted)
        case one:
            yield one


def wanted_leaves(expression: Expression) -> Iterator[Leaf]:
    """The words and phrases that are wanted."""
    match expression:
        case Every(parts) | AnyOf(parts):
            for part in parts:
                yield from wanted_leaves(part)
        case Without(wanted, _):
            yield from wanted_leaves(wanted)
        case one:
            yield one


def holds(expression: Expression, present: set[Leaf]) -> bool:
    """Whether the expression is true where these words and phrases stand."""
    match expression:
        case Every(parts):
            return all(holds(part, present) for part in parts)
        case AnyOf(parts):
            return any(holds(part, present) for part in parts)
        case Without(wanted, unwanted):
            return holds(wanted, present) and not holds(unwanted, present)
        case one:
            return one in present


def _all_of(parts: Sequence[str | None]) -> str | None:
    known = [part for part in parts if part is not None]
    return f"({' AND '.join(known)})" if known else None


_PART = re.compile(
    r'\s*(?:NEAR\s*\((?P<near>[^()]*)\)|(?P<bracket>[()])|(?P<minus>-(?=[^\s-]))'
    r'|"(?P<quoted>[^"]*)"(?P<star>\*?)|(?P<word>[^\s()"]+))'
)  # fmt: skip
_NEAR_PART = re.compile(r'"([^"]*)"(\*?)|([^\s"]+)')


class _Reader:
    """Reads an expression from left to right, one part in view."""

    def __init__(self, written: str) -> None:
        self._written = written.replace("“", '"').replace("”", '"').strip()
        self._parts = list(self._split())
        self._at = 0
        self._depth = 0

    def expression(self) -> Expression:
        """The whole of it."""
        found = self._either()
        if self._at < len(self._parts):
            raise self._unreadable(tr("A bracket is closed that was not opened."))
        return found

    def _split(self) -> Iterator[re.Match[str]]:
        at = 0
        while at < len(self._written):
            match = _PART.match(self._written, at)
            if match is None:
                raise self._unreadable(tr("A quotation mark is not closed."))
            yield match
            at = match.end()

    def _either(self) -> Expression:
        parts = [self._both()]
        while self._takes("OR"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _both(self) -> Expression:
        wanted: list[Expression] = []
        unwanted: list[Expression] = []
        while not self._ends():
            if self._takes("AND"):
                continue
            part = self._parts[self._at]
            if part["minus"] or part["word"] == "NOT":
                self._at += 1
                unwanted.append(self._one())
            else:
                wanted.append(self._one())
        if not wanted:
            raise self._unreadable(tr("Name at least one word to look for."))
        found = wanted[0] if len(wanted) == 1 else Every(tuple(wanted))
        if not unwanted:
            return found
        return Without(found, unwanted[0] if len(unwanted) == 1 else AnyOf(tuple(unwanted)))

    def _one(self) -> Expression:
        if self._ends():
            raise self._unreadable(tr("A word is missing."))
        part = self._parts[self._at]
        self._at += 1
        if part["bracket"]:
            return self._bracketed()
        if part["near"] is not None:
            return self._near(part["near"])
        if part["quoted"] is not None:
            return self._leaf(part["quoted"], prefix=bool(part["star"]))
        return self._word(part["word"])

    def _bracketed(self) -> Expression:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._unreadable(tr("There are too many brackets inside of each other."))
        inside = self._either()
        if self._at == len(self._parts):
            raise self._unreadable(tr("A bracket is not closed."))
        self._at += 1
        self._depth -= 1
        return inside

    def _near(self, inside: str) -> Near:
        words, _, number = inside.rpartition(",")
        if not words:
            words, number = inside, str(NEAR_WORDS)
        leaves = [
            self._leaf(match[1], prefix=bool(match[2])) if match[1] else self._word(match[3])
            for match in _NEAR_PART.finditer(words)
        ]
        phrases = [leaf for leaf in leaves if isinstance(leaf, Phrase)]
        number = number.strip()
        if len(phrases) < 2 or len(phrases) < len(leaves) or not number.isdecimal():
            raise self._unreadable(
                tr("NEAR needs two words or phrases and a number, as in NEAR(tired alone, 5).")
            )
        return Near(tuple(phrases), int(number[:6]))

    def _word(self, word: str) -> Phrase | Literal:
        return self._leaf(word.rstrip("*"), prefix=True) if word.endswith("*") else self._leaf(word)

    def _leaf(self, written: str, *, prefix: bool = False) -> Phrase | Literal:
        found = leaf(written, prefix=prefix)
        if found is None:
            raise self._unreadable(tr("Name at least one word to look for."))
        return found

    def _takes(self, word: str) -> bool:
        taken = self._at < len(self._parts) and self._parts[self._at]["word"] == word
        self._at += taken
        return taken

    def _ends(self) -> bool:
        if self._at == len(self._parts):
            return True
        part = self._parts[self._at]
        return part["bracket"] == ")" or part["word"] == "OR"

    def _unreadable(self, why: str) -> WrongUsage:
        return WrongUsage(
            tr("The search “{query}” cannot be read. {why}", query=self._written, why=why)
        )
