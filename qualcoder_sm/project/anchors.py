"""Anchor examples: an example in the codebook that stands in a text is a quotation of it, too."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from qualcoder_sm.model import QuoteRule
from qualcoder_sm.project import expressions, folding
from qualcoder_sm.project.quote_rules import QuoteRules
from qualcoder_sm.project.quoting import published, strictness
from qualcoder_sm.project.search import Search, SearchQuery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcoder_sm.project.core import Core

_FEWEST_WORDS = 5
_MOST_PLACES = 100
# Quotation marks, brackets, ellipses, and the ends of sentences part what may be words of somebody.
_BETWEEN = re.compile(r"[“”„\"«»()\[\]…;:!?\n]|\.+(?:\s|$|\.)")


def publishable(core: Core, example: str) -> str:
    """An example as it may be published: unchanged, unless words of it stand under a rule.

    Looked up are its parts of five words or more; shorter ones could be anybody's. Where they
    stand in several places, the strictest rule counts.
    """
    places = [place for part in _BETWEEN.split(example) for place in _places(core, part)]
    rule, place = max(places, key=_strictness, default=(QuoteRule.UNSET, ""))
    return published(rule, example, (), place)[0]


def _places(core: Core, part: str) -> Iterator[tuple[QuoteRule, str]]:
    """The rules under which a part of an example stands in the texts, and where."""
    phrase = expressions.leaf(part.strip())
    if phrase is None or len(folding.words(part)) < _FEWEST_WORDS:
        return
    rules = QuoteRules(core).rules()
    for hit in islice(Search(core).find(SearchQuery(phrase)), _MOST_PLACES):
        rule = rules.of(hit.source, hit.quote_rules).rule
        name = rules.printed_name(hit.source, rule.value)
        yield rule, f"{name}, {hit.locator}"


def _strictness(place: tuple[QuoteRule, str]) -> int:
    return strictness(place[0])
