"""Audit: the trail as people read it, and whether it is whole."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select

from qualcoder_sm.errors import Cancelled, NotFound, WrongUsage
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project import steps
from qualcoder_sm.project.differences import Names, counted, differences
from qualcoder_sm.store import schema, trail
from qualcoder_sm.store.payloads import BROKEN
from qualcoder_sm.store.verification import Verification

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection

    from qualcoder_sm.model import RowChange
    from qualcoder_sm.project.core import Core
    from qualcoder_sm.project.differences import Difference
    from qualcoder_sm.store.trail import Record
    from qualcoder_sm.store.verification import Verdict

    Progress = Callable[[int, int, str], bool]

_AT_ONCE = 5_000
_PAGE = 200
_HEAD = re.compile("[0-9a-f]{64}")


class Glance(NamedTuple):
    """A step without its content, so that a million of them can be held: for lists and counts.

    `at` is the time as stored: UTC, ISO 8601.
    """

    seq: int
    at: str
    coder: str
    action: str
    has_reason: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A step with what it changed: its first rows, and how many more there are.

    `differences` is None when they were removed from the trail, or cannot be read.
    """

    record: Record
    differences: tuple[Difference, ...] | None
    more: int

    @property
    def changes(self) -> str:
        """What was changed, a line for each row."""
        return self.changes_within(sys.maxsize)

    def changes_within(self, characters: int) -> str:
        """What was changed, a line for each row that fits into so many characters, the first always."""
        if self.record.redacted:
            return tr("The content of this step was removed from the trail.")
        if self.differences is None:
            return tr("The rows of this step can no longer be read.")
        lines = [one.said for one in self.differences]
        ends = list(accumulate(map(len, lines)))
        shown = lines[: max(1, bisect_right(ends, characters))]
        more = self.more + len(lines) - len(shown)
        left = [ntr("and {n} more row", "and {n} more rows", more)] if more else []
        return "\n".join([*shown, *left])


class Audit:
    """Who did what, when and why, in a chain that shows any change made behind its back."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def head(self) -> tuple[int, str]:
        """Number and hash of the last step."""
        with self._core.reading() as connection:
            return trail.head(connection)

    def records(self, *, after: int = 0) -> list[Record]:
        """The steps after a number, oldest first."""
        with self._core.reading() as connection:
            return trail.records(connection, after=after)

    def record(self, seq: int) -> Record:
        """One step; raises NotFound."""
        with self._core.reading() as connection:
            found = trail.records(connection, after=seq - 1, limit=1)
        if not found or found[0].seq != seq:
            raise NotFound(tr("The trail has no step {seq}.", seq=seq))
        return found[0]

    def some(self, seqs: Sequence[int]) -> list[Record]:
        """The steps with these numbers, oldest first."""
        with self._core.reading() as connection:
            return trail.records(connection, among=seqs)

    def each(self, *, after: int = 0) -> Iterator[Record]:
        """The steps after a number, oldest first, of which only some are held at a time."""
        while page := self._page(after, _PAGE):
            yield from page
            after = page[-1].seq

    def told(self, *, after: int = 0, most: int = 100) -> Iterator[Told]:
        """As `each`, every step with its first rows, at most `most`."""
        names = Names(self._core)
        while page := self._page(after, _PAGE):
            yield from self._told(page, most, names)
            after = page[-1].seq

    def told_step(self, seq: int, *, most: int = 100) -> Told:
        """One step with its first rows, at most `most`; raises NotFound."""
        [told] = self._told([self.record(seq)], most, Names(self._core))
        return told

    def glances(self, *, after: int = 0, limit: int | None = None) -> list[Glance]:
        """At most `limit` steps after a number, oldest first, without their content."""
        c, p = schema.changes.c, schema.change_payloads.c
        statement = (
            select(c.seq, c.at, c.coder, c.action, p.reason.is_not(None) & (p.reason != ""))
            .join_from(schema.changes, schema.change_payloads, isouter=True)
            .where(c.seq > after)
            .order_by(c.seq)
            .limit(limit)
        )
        rows = self._core.fetch(statement)
        return [Glance(seq, at, coder, action, bool(told)) for seq, at, coder, action, told in rows]

    def matching(self, words: str) -> set[int]:
        """Numbers of the steps whose sentence or reason holds all of these words."""
        c, p = schema.changes.c, schema.change_payloads.c
        statement = select(c.seq).join_from(schema.changes, schema.change_payloads)
        for word in words.casefold().split():
            telling = [
                key
                for key, step in steps.STEPS.items()
                if word in " ".join((step.told, *step.plainer)).casefold()
            ]
            texts = (c.coder, p.label, p.parameters, p.reason)
            statement = statement.where(
                or_(
                    c.action.in_(telling),
                    *(text.icontains(word, autoescape=True) for text in texts),
                )
            )
        return {row[0] for row in self._core.fetch(statement)}

    def _page(self, after: int, limit: int) -> list[Record]:
        with self._core.reading() as connection:
            return trail.records(connection, after=after, limit=limit)

    def _told(self, page: Sequence[Record], most: int, names: Names) -> list[Told]:
        with self._core.reading() as connection:
            rows = trail.first_rows(connection, [record.seq for record in page], most)
        return [_told(record, rows.get(record.seq), names) for record in page]

    def verify(self, progress: Progress | None = None, *, expected: str = "") -> Verdict:
        """Follow the whole trail, and compare tables and texts with it.

        Some thousand steps at a time, so that nobody waits to write. `expected` is the head as it
        was printed elsewhere. `progress` is called with steps done, steps in all and nothing to
        say; when it answers False, Cancelled is raised. Raises WrongUsage where `expected` is no
        whole head: a part of one would look like a trail that was cut.
        """
        head = "".join(expected.split()).lower()
        if head and not _HEAD.fullmatch(head):
            raise WrongUsage(
                tr("A head has 64 digits, 0 to 9 and a to f. Give it whole. Nothing was checked.")
            )
        with self._core.reading(as_it_is=True) as connection:
            check = Verification(connection, head)
        while True:
            with self._core.reading(as_it_is=True) as connection:
                if check.follow(connection, _AT_ONCE):
                    return check.verdict(connection)
            if progress and not progress(check.records, check.total, ""):
                raise Cancelled(tr("The check was stopped. Nothing was changed."))


def _told(record: Record, rows: list[RowChange] | None, names: Names) -> Told:
    try:
        found = differences(rows, names) if rows is not None else None
    except BROKEN:
        found = None
    return Told(record, found, max(0, record.rows - len(found or ())))


def doubts(connection: Connection) -> str:
    """What does not fit in trail, tables and texts as this connection sees them; "" when all does."""
    check = Verification(connection)
    while not check.follow(connection, _AT_ONCE):
        pass
    verdict = check.verdict(connection)
    broken = tr("the chain does not hold at step {seq:,}", seq=verdict.first_bad or 0)
    return ", ".join([
        *([] if verdict.chain else [broken]),
        *(counted(table, n) for table, n in verdict.differing.items()),
    ])  # fmt: skip


def doubted(what: object, doubts: str) -> str:
    """What a step did to a file in which something did not fit before."""
    return tr("{what}; before that, the file was not as its audit trail says: {doubts}",
              what=what, doubts=doubts)  # fmt: skip


def findings(verdict: Verdict) -> tuple[str, str, str]:
    """What is to be said of the chain, of tables and texts, and of the head."""
    return _of_chain(verdict) + _of_times(verdict), _of_tables(verdict), _of_head(verdict)


def _of_chain(verdict: Verdict) -> str:
    if verdict.first_bad is None:
        return ntr("The only step stands as it was written.",
                   "All {n} steps follow from each other.",
                   verdict.records)  # fmt: skip
    return tr("The chain does not hold at step {seq:,}: it was changed, or one before it is missing.",
              seq=verdict.first_bad)  # fmt: skip


def _of_times(verdict: Verdict) -> str:
    """A remark where a clock ran backwards; the chain says the order of the steps all the same."""
    return (
        " "
        + ntr(
            "{n} step has an earlier time than the one before it, step {first:,}: a clock was set back, "
            "or was wrong.",
            "{n} steps have an earlier time than the one before them, first step {first:,}: a clock was "
            "set back, or was wrong.",
            verdict.backwards,
            first=verdict.first_backwards or 0,
        )
        if verdict.backwards
        else ""
    )


def _of_tables(verdict: Verdict) -> str:
    what = ", ".join(counted(table, n) for table, n in verdict.differing.items())
    found = (
        tr("Not as the trail says: {what}.", what=what)
        if what
        else tr("Tables and texts are what the trail says.")
    )
    if not verdict.emptied:
        return found
    emptied = ntr(
        "{n} step cannot be read any more", "{n} steps cannot be read any more", verdict.emptied
    )
    untold = ntr("{n} row could not be compared", "{n} rows could not be compared", verdict.untold)
    return tr("{found} {emptied}, so {untold}.", found=found, emptied=emptied, untold=untold)


def _of_head(verdict: Verdict) -> str:
    if verdict.expected_head is None:
        return tr("The head is {head}. {note}", head=verdict.head, note=head_note())
    if verdict.expected_head:
        return tr("The head is the one expected.")
    if verdict.expected_at is None:
        return tr("The head is not the one expected, and no step has it: steps were cut off at the "
                  "end, or this is another trail.")  # fmt: skip
    return ntr("The head is not the one expected: that is the head of step {seq:,}, and {n} step "
               "follows it.", "The head is not the one expected: that is the head of step {seq:,}, "
               "and {n} steps follow it.", verdict.records - verdict.expected_at,
               seq=verdict.expected_at)  # fmt: skip


def head_note() -> str:
    """What a head is good for, to be said wherever one is shown."""
    return tr("Steps that are cut off at the end together with their rows show only against a head "
              "kept elsewhere: print it, or mail it to somebody.")  # fmt: skip


def sentence(record: Record) -> str:
    """The step as a sentence about its coder."""
    return f"{record.coder} {steps.told(record.action, record.parameters, record.label)}"
