"""Words of any source with what stands around them, kept for as long as they are looked at."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from qualcoder_sm.project import passages, quoting
from qualcoder_sm.project.passages import Hit, Passage
from qualcoder_sm.project.project import Project

if TYPE_CHECKING:
    from qualcoder_sm.model import QuoteRule, Source
    from qualcoder_sm.project.quoting import Quotation

_TEXTS, _HITS = 12, 4_000

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Excerpts:
    """Looks passages up when they come into sight; the texts read last stay in memory."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._sources: dict[str, Source] = {}
        self._order: dict[str, int] = {}
        self._texts: OrderedDict[str, Passage] = OrderedDict()
        self._hits: OrderedDict[tuple[str, int, int], Hit] = OrderedDict()
        self.forget()

    def forget(self) -> None:
        """Texts, names or speakers have changed."""
        self._sources = {source.guid: source for source in self._project.sources.all()}
        self._order = {guid: at for at, guid in enumerate(self._sources)}
        self._texts.clear()
        self._hits.clear()

    def name(self, source: str) -> str:
        """What a source is called; the id of a thread in place of its title."""
        known = self._sources.get(source)
        return (known.external_id or known.name) if known else ""

    def full_name(self, source: str) -> str:
        """The same, with its title."""
        known = self._sources.get(source)
        return known.name if known else ""

    def rule(self, hit: Hit, own: str) -> "QuoteRule":
        """How words may be published; `own` is the rule of the coding on them."""
        return self._project.quoting.rules().of(hit.source, hit.quote_rules, own).rule

    def quotations(self, codings: Sequence[str]) -> "list[Quotation]":
        """Codings, by guid, as they may be published."""
        return quoting.quotations(self._project.segments.named(codings))

    def order(self) -> Mapping[str, int]:
        """The place of each source among all."""
        return self._order

    def hit(self, source: str, start: int, end: int) -> Hit:
        """text[start:end] of a source in its context."""
        key = (source, start, end)
        return _kept(self._hits, key, _HITS, self._read_hit)

    def _read_hit(self, key: tuple[str, int, int]) -> Hit:
        source, start, end = key
        if source not in self._sources:  # deleted a moment ago; its rows are about to go
            return Hit(source, start, end, "", "", "", None, "", "")
        return _kept(self._texts, source, _TEXTS, self._read_text).hit(start, end)

    def _read_text(self, source: str) -> Passage:
        return passages.passage(self._project, source, self._sources[source].sha256)


def _kept(
    shelf: "OrderedDict[Key, Value]", key: Key, most: int, read: Callable[[Key], Value]
) -> Value:
    """The value of a key, read when it is not on the shelf; the one not used longest goes."""
    if key in shelf:
        shelf.move_to_end(key)
        return shelf[key]
    shelf[key] = read(key)
    if len(shelf) > most:
        shelf.popitem(last=False)
    return shelf[key]
