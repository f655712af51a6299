"""Filters: which codings are meant, by anything that is known of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.project import lists
from qualcoder_sm.project.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement

    from qualcoder_sm.model import Coder, Polarity
    from qualcoder_sm.project.core import Core

_FEW = 500


class Words(StrEnum):
    """Whose words count: all of them, or participants' (see `scope.LEFT_OUT`)."""

    PARTICIPANTS = "participants"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which codings are meant, by guid; an empty part means all.

    Codes stand for themselves only; name the codes below them too where they are meant.
    `with_codes` must all touch the passage, none of `without_codes` may; one of `near_codes`
    lies within `near` characters of it or, when that is None, in the same turn, post or
    paragraph. Codings of those other codes count whoever made them, or only those of `coders`.
    A coding was made at `since` or later and before `until`; None among the `polarities` means
    that nothing was said.

    The others choose text, and a coding is meant where it touches that text (see `scope`).
    `attributes` are (name, value) of the source's cases, all of which must hold; `speakers` are
    pseudonym keys; `roles` are roles of speakers ("interviewer", "participant", "heading") or what
    a group calls its members. Posts were written at `posted_since` or later and before
    `posted_until`. `words` None leaves it to the report, and else means all.
    """

    coders: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    speakers: tuple[str, ...] = ()
    with_codes: tuple[str, ...] = ()
    without_codes: tuple[str, ...] = ()
    near_codes: tuple[str, ...] = ()
    near: int | None = None
    polarities: tuple[Polarity | None, ...] = ()
    weight_at_least: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    roles: tuple[str, ...] = ()
    posted_since: datetime | None = None
    posted_until: datetime | None = None
    words: Words | None = None

    @property
    def is_open(self) -> bool:
        """Whether everything is meant."""
        words = None if self.words is Words.ALL else self.words
        return replace(self, near=None, words=words) == EVERYTHING


EVERYTHING = Filter()


def require_possible(which: Filter) -> None:
    """Raise WrongUsage for what nothing could be, or would be left out of account."""
    dates = ((which.since, which.until), (which.posted_since, which.posted_until))
    if which.near is not None and not which.near_codes:
        raise WrongUsage(tr("--within belongs to --near. Nothing was made."))
    if which.near is not None and which.near < 0:
        raise WrongUsage(tr("--within takes 0 characters or more. Nothing was made."))
    if which.weight_at_least is not None and not 0 <= which.weight_at_least <= 100:
        raise WrongUsage(tr("A weight is from 0 to 100. Nothing was made."))
    if any(since and until and since >= until for since, until in dates):
        raise WrongUsage(tr("No day is left between these dates. Nothing was made."))
    if set(which.with_codes) & set(which.without_codes):
        raise WrongUsage(tr("No passage carries a code and does not. Nothing was made."))


def coders_of(core: Core, which: Filter) -> tuple[Coder, ...]:
    """The coders that the filter names, in its order; where it names none all, coded or not."""
    known = {coder.guid: coder for coder in lists.coders(core)}
    return tuple(known[guid] for guid in which.coders or known)


def sources_of(core: Core, which: Filter) -> set[str] | None:
    """The sources that the filter's sources, collections, cases and attributes leave.

    None when it names none of these.
    """
    if not (which.sources or which.collections or which.cases or which.attributes):
        return None
    texts = Texts(core)
    named = [texts.known(guid) for guid in which.sources] if which.sources else texts.all()
    found = {source.guid for source in named
             if source and (not which.collections or source.collection in which.collections)}  # fmt: skip
    cases = lists.cases(core) if which.cases or which.attributes else []
    if which.cases:
        found &= {guid for case in cases if case.guid in which.cases for guid in case.sources}
    for name, value in which.attributes:
        found &= {guid for case in cases if (case.attributes or {}).get(name) == value
                  for guid in case.sources}  # fmt: skip
    return found


def among(column: Column[Any], values: Sequence[str]) -> ColumnElement[bool]:
    """Whether a column has one of the values, however many they are."""
    if len(values) <= _FEW:
        return column.in_(values)
    listed = func.json_each(json.dumps(list(values))).table_valued("value")
    return column.in_(select(listed.c.value))
