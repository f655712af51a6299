"""Autocoding with review: passages are proposed by a rule, looked through, and coded in one step.

What a coder has coded is never overwritten: a passage that carries the code from the acting
coder already is proposed as such, and skipped.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm import i18n
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.project import passages, rules
from qualcoder_sm.project.codes import Codes, require_codable
from qualcoder_sm.project.codings import CodingDraft, Codings
from qualcoder_sm.project.rules import Scope
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.spans import united
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from qualcoder_sm.model import Coding
    from qualcoder_sm.project.core import Core
    from qualcoder_sm.project.passages import Hit
    from qualcoder_sm.project.rules import Rule
    from qualcoder_sm.spans import Span
    from qualcoder_sm.store.journal import Journal


@dataclass(frozen=True, slots=True)
class Proposal:
    """A passage to code; `already` when the acting coder has this code on all of it."""

    hit: Hit
    already: bool


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of proposals: the codings made, and how many were there already."""

    codings: tuple[Coding, ...]
    skipped: int


class Autocode:
    """Proposes passages by a rule, and codes those that were looked through."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def proposals(
        self,
        rule: Rule,
        scope: Scope,
        code: str,
        sources: Sequence[str] = (),
        goes_on: Callable[[int, int], bool] | None = None,
    ) -> list[Proposal]:
        """The passages that a rule finds, by source in the order of import and place.

        `sources` limits them, by guid. `goes_on(done, total)` may stop a search by words with
        Cancelled. Raises WrongUsage when the rule cannot be read.
        """
        there = self._there(code)
        return [
            Proposal(passage.hit(start, end), _covered(there, passage.source, start, end))
            for passage, spans in rules.found(self._core, rule, scope, sources, goes_on)
            for start, end in spans
        ]

    def apply(self, code: str, proposals: Sequence[Proposal], rule: Rule, scope: Scope) -> Applied:
        """Code the proposals as the acting coder, as one step that tells the rule.

        Raises NotCodable for a theme, and WrongUsage when a text is no longer as it was proposed;
        nothing is coded then.
        """
        with self._core.change("coding.autocode") as journal:
            hits = [one.hit for one in proposals]
            self._require_unchanged(hits)
            return self._code(journal, code, hits, rules.told(rule, scope))

    def code_units(self, code: str, source: str, start: int, end: int) -> Applied:
        """Code every turn, post or paragraph that text[start:end] of a source touches."""
        with self._core.change("coding.autocode") as journal:
            where = Texts(self._core).brief(source)
            passage = passages.passage(self._core, source, where.sha256)
            units = rules.parts(passage, Scope.UNIT, start, end)
            spans = [
                span for unit in units if (span := passage.on_words(*unit)) and span[0] < span[1]
            ]
            if not spans:
                raise WrongUsage(tr("There is no turn, post or paragraph there."))
            return self._code(journal, code, [passage.hit(*span) for span in spans],
                              tr("units of {source}", source=where.name))  # fmt: skip

    def _code(self, journal: Journal, code: str, hits: Sequence[Hit], rule: str) -> Applied:
        known, coder = Codes(self._core).get(code), self._core.coder.guid
        require_codable(known)
        there = self._there(code)
        new = [
            hit
            for hit in dict.fromkeys(hits)
            if not _covered(there, hit.source, hit.start, hit.end)
        ]
        made = Codings(self._core).apply_all(
            [CodingDraft(code, hit.source, coder, hit.start, hit.end) for hit in new]
        )
        journal.describe(
            code=known.name,
            code_guid=code,
            what=i18n.ntr("{n} passage", "{n} passages", len(made)),
            rule=rule,
            skipped=len(hits) - len(made),
        )
        return Applied(tuple(made), len(hits) - len(made))

    def _require_unchanged(self, hits: Iterable[Hit]) -> None:
        by_source: dict[str, list[Hit]] = {}
        for hit in hits:
            by_source.setdefault(hit.source, []).append(hit)
        for source, found in by_source.items():
            text = Texts(self._core).text(source)
            if any(text[hit.start : hit.end] != hit.words for hit in found):
                raise WrongUsage(
                    tr(
                        "The text of {name} was changed since these passages were found. Nothing "
                        "was coded; look for them again.",
                        name=Texts(self._core).get(source).name,
                    )
                )

    def _there(self, code: str) -> Mapping[str, list[Span]]:
        """What the acting coder has coded with a code, by source."""
        c = schema.codings.c
        statement = select(c.source, c.start, c.end).where(
            c.code == code, c.coder == self._core.coder.guid
        )
        spans: dict[str, list[Span]] = {}
        for source, start, end in self._core.fetch(statement):
            spans.setdefault(source, []).append((start, end))
        return {source: united(found) for source, found in spans.items()}


def _covered(there: Mapping[str, list[Span]], source: str, start: int, end: int) -> bool:
    spans = there.get(source, [])
    at = bisect_right(spans, start, key=_start)
    return at > 0 and end <= spans[at - 1][1]


def _start(span: Span) -> int:
    return span[0]
