"""The audit trail as the page holds it: a few numbers per step, so that a million stay quick."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qualcoder_sm.errors import Cancelled
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.natural import natural
from qualcoder_sm.project.steps import STEPS, AuditClass, Subject
from qualcoder_sm.reports import report
from qualcoder_sm.store.trail import read_time

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence, Set
    from datetime import date

    from qualcoder_sm.project.audit import Glance
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.table import Table

Ints = NDArray[np.int32]
_AT_ONCE = 20_000


def _none() -> Ints:
    return np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Trail:
    """Steps in order as arrays (n,): number, coder and action as indexes into the names, day.

    `day` is the ordinal of the local date; `reasoned` is 1 where a reason was given.
    """

    coders: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    seq: Ints = field(default_factory=_none)
    coder: Ints = field(default_factory=_none)
    action: Ints = field(default_factory=_none)
    day: Ints = field(default_factory=_none)
    reasoned: Ints = field(default_factory=_none)

    @property
    def last(self) -> int:
        """Number of the last step, 0 when there is none."""
        return int(self.seq[-1]) if len(self.seq) else 0

    def by_coder(self) -> dict[str, int]:
        """How many steps each coder took."""
        counts = np.bincount(self.coder, minlength=len(self.coders)).tolist()
        return dict(
            sorted(zip(self.coders, counts, strict=True), key=lambda pair: natural(pair[0]))
        )

    def by_subject(self) -> dict[Subject, int]:
        """How many steps are about what."""
        counts = dict.fromkeys(Subject, 0)
        for action, n in self._by_action():
            if action in STEPS:
                counts[STEPS[action].subject] += n
        return counts

    def by_class(self) -> dict[AuditClass, int]:
        """How many steps are of each class of an audit."""
        counts = dict.fromkeys(AuditClass, 0)
        for action, n in self._by_action():
            if action in STEPS:
                counts[STEPS[action].audit_class] += n
        return counts

    def _by_action(self) -> list[tuple[str, int]]:
        counts = np.bincount(self.action, minlength=len(self.actions)).tolist()
        return list(zip(self.actions, counts, strict=True))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which steps to show; `classes` empty means any, `seqs` None means any number.

    `since` and `until` are local days, both included.
    """

    coders: Set[str]
    subjects: Set[Subject]
    classes: Set[AuditClass] = frozenset()
    since: date | None = None
    until: date | None = None
    seqs: Set[int] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What a list shows, newest first: rows are days (`seq` 0) and steps; arrays (rows,).

    `count` is the number of steps of a day in the row of the day, else 0.
    """

    seq: Ints
    day: Ints
    reasoned: Ints
    count: Ints

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return int(np.count_nonzero(self.seq))


NOTHING = Shown(_none(), _none(), _none(), _none())


def load(project: Project, known: Trail, progress: Callable[[int, int, str], bool]) -> Trail:
    """The trail as it is now, from what is known of it. Raises Cancelled."""
    total, _head = project.audit.head()
    pages: list[list[Glance]] = []
    last = known.last
    while found := project.audit.glances(after=last, limit=_AT_ONCE):
        pages.append(found)
        last = found[-1].seq
        words = ntr(
            "Reading {last:,} of {n} step …", "Reading {last:,} of {n} steps …", total, last=last
        )
        if not progress(last, total, words):
            raise Cancelled(tr("Stopped."))
    return _extended(known, [glance for page in pages for glance in page])


def filtered(trail: Trail, wanted: Wanted) -> Shown:
    """The steps wanted, newest first, under the days on which they were taken."""
    of_coder = np.array([name in wanted.coders for name in trail.coders], dtype=bool)
    of_action = np.array([_is_meant(action, wanted) for action in trail.actions], dtype=bool)
    kept = np.ones(len(trail.seq), dtype=bool)
    if len(trail.seq):
        kept = of_coder[trail.coder] & of_action[trail.action]
    if wanted.since:
        kept &= trail.day >= wanted.since.toordinal()
    if wanted.until:
        kept &= trail.day <= wanted.until.toordinal()
    if wanted.seqs is not None:
        kept &= np.isin(trail.seq, np.fromiter(wanted.seqs, dtype=np.int64))
    newest = np.flatnonzero(kept)[::-1]
    return _with_days(trail.seq[newest], trail.day[newest], trail.reasoned[newest])


def told(trail: Trail, wanted: Wanted, words: str) -> str:
    """Which steps are shown, part by part; empty when all of them are."""
    parts = (
        (tr("coders"), set(wanted.coders) != set(trail.coders), wanted.coders),
        (tr("about"), wanted.subjects != set(Subject), wanted.subjects),
        (tr("audit class"), bool(wanted.classes), wanted.classes),
        (tr("since"), wanted.since is not None, [wanted.since]),
        (tr("until"), wanted.until is not None, [wanted.until]),
        (tr("words"), wanted.seqs is not None, [words]),
    )
    return "; ".join(
        tr("{part}: {values}", part=part, values=", ".join(sorted(map(str, values))) or tr("none"))
        for part, applied, values in parts
        if applied
    )


def table(shown: Shown, said: str, project: Project) -> Table:
    """The steps shown, in their order, with all that the report says of them; `said` is which."""
    every = report("audit").table(project)
    places = {row[0]: place for place, row in enumerate(every.rows)}
    picked = every.picked(places[seq] for seq in shown.seq.tolist() if seq)
    n = ntr("{shown} of {n} step is shown, the newest first.",
            "{shown} of {n} steps are shown, the newest first.", len(every.rows),
            shown=f"{shown.steps:,}")  # fmt: skip
    origin = {**picked.provenance, "filter": said or tr("nothing left out")}
    return replace(picked, notes=(n, *picked.notes), provenance=origin)


def _is_meant(action: str, wanted: Wanted) -> bool:
    step = STEPS.get(action)
    if step is None:
        return not wanted.classes
    return step.subject in wanted.subjects and (
        not wanted.classes or step.audit_class in wanted.classes
    )


def _with_days(seq: Ints, day: Ints, reasoned: Ints) -> Shown:
    """The same with a row for a day before its first step."""
    if not len(seq):
        return NOTHING
    first = np.flatnonzero(np.append(True, day[1:] != day[:-1]))
    counts = np.diff(np.append(first, len(seq))).astype(np.int32)
    zeros = np.zeros_like(first, dtype=np.int32)
    return Shown(
        np.insert(seq, first, zeros),
        np.insert(day, first, day[first]),
        np.insert(reasoned, first, zeros),
        np.insert(np.zeros_like(seq), first, counts),
    )


def _extended(known: Trail, glances: Sequence[Glance]) -> Trail:
    if not glances:
        return known
    coders = {name: i for i, name in enumerate(known.coders)}
    actions = {name: i for i, name in enumerate(known.actions)}
    new = np.array(
        [
            (
                one.seq,
                coders.setdefault(one.coder, len(coders)),
                actions.setdefault(one.action, len(actions)),
                read_time(one.at).astimezone().toordinal(),
                one.has_reason,
            )
            for one in glances
        ],
        dtype=np.int32,
    ).T
    olds = (known.seq, known.coder, known.action, known.day, known.reasoned)
    arrays = [np.concatenate(pair) for pair in zip(olds, new, strict=True)]
    return Trail(tuple(coders), tuple(actions), *arrays)
