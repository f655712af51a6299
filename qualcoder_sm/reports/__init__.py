"""Reports: each gathers from the project and leaves as one Table, for every format.

A report declares what may be chosen for it. Command line, window and exports are made from that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcoder_sm.errors import NotFound
from qualcoder_sm.i18n import tr
from qualcoder_sm.project.filters import Words, require_possible
from qualcoder_sm.reports import (
    agreement,
    audit,
    codebook,
    cooccurrence,
    frequencies,
    matrix,
    options,
    segments,
)
from qualcoder_sm.reports.options import CODINGS, PLAIN, TEXT, WHOSE, Choice, Options
from qualcoder_sm.reports.provenance import provenance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qualcoder_sm.project.project import Project
    from qualcoder_sm.table import Table


@dataclass(frozen=True, slots=True)
class Report:
    """A report: the name it is called by, its title, and the question it answers.

    `choices` are all it applies; `words` is whose words count unless that is chosen; `quotes` says
    that it holds words of participants.
    """

    name: str
    title: str
    question: str
    make: Callable[[Project, Options], Table]
    choices: frozenset[Choice]
    words: Words = Words.ALL
    quotes: bool = False

    def table(
        self, project: Project, chosen: Options = PLAIN, given: Iterable[Choice] = ()
    ) -> Table:
        """The report. Raises WrongUsage for a choice that it does not apply.

        `given` are choices that were named, though with the value they have anyway.
        """
        options.refuse_others(self.name, self.choices, chosen.given | set(given))
        return self.narrowed(project, chosen)

    def narrowed(self, project: Project, chosen: Options) -> Table:
        """The report with those of the choices that it applies, for files of several reports."""
        meant = self.resolved(chosen)
        made = self.make(project, meant)
        return replace(
            made, provenance={**provenance(project, meant, self.choices), **made.provenance}
        )

    def resolved(self, chosen: Options) -> Options:
        """What the report applies of the options, its own defaults filled in.

        Raises WrongUsage for a filter that nothing could pass.
        """
        meant = chosen.only(self.choices)
        require_possible(meant.which)
        if Choice.WORDS in self.choices and meant.which.words is None:
            meant = replace(meant, which=replace(meant.which, words=self.words))
        return meant


_COUNTS = WHOSE | TEXT | CODINGS
_OF_PARTICIPANTS = Words.PARTICIPANTS


def reports() -> tuple[Report, ...]:
    """Every report there is."""
    return (
        Report("segments", tr("Coded segments"), tr("Which words carry which code?"),
               segments.table, _COUNTS | {Choice.ROLL_UP}, quotes=True),
        Report("quotations", tr("Quotations by code"), tr("What was said about each code?"),
               segments.quotations, _COUNTS | {Choice.ROLL_UP}, quotes=True),
        Report("matrix", tr("Matrix"), tr("Where does each code occur?"), matrix.table,
               _COUNTS | {Choice.ROWS, Choice.CELLS, Choice.ROLL_UP, Choice.CODES_DOWN,
                          Choice.TOTALS, Choice.USED_ONLY}, _OF_PARTICIPANTS),
        Report("frequencies", tr("Frequencies"), tr("How often was each code used?"),
               frequencies.table, _COUNTS | {Choice.ROLL_UP, Choice.USED_ONLY}, _OF_PARTICIPANTS),
        Report("cooccurrence", tr("Co-occurrence"), tr("Which codes meet on the same words?"),
               cooccurrence.table, _COUNTS | {Choice.UNIT}, _OF_PARTICIPANTS),
        Report("agreement", tr("Agreement"), tr("Do the coders agree?"), agreement.table,
               WHOSE | TEXT | {Choice.UNIT, Choice.SOURCES, Choice.ROLL_UP, Choice.USED_ONLY,
                               Choice.ALL_COEFFICIENTS}, _OF_PARTICIPANTS),
        Report("codebook", tr("Codebook"), tr("What does each code mean?"), codebook.table,
               _COUNTS),
        Report("audit", tr("Audit trail"), tr("Who did what, when and why?"), audit.table,
               frozenset({Choice.CODER})),
    )  # fmt: skip


def report(name: str) -> Report:
    """The report of this name; raises NotFound with the names there are."""
    for one in reports():
        if one.name == name:
            return one
    raise NotFound(
        tr("There is no report “{name}”; the reports are {names}.", name=name,
           names=", ".join(one.name for one in reports()))
    )  # fmt: skip
