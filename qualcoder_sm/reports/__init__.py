"""Reports: each gathers from the project and leaves as one Table, for every format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_sm.errors import NotFound
from qualcoder_sm.i18n import tr
from qualcoder_sm.reports import (
    agreement,
    audit,
    codebook,
    cooccurrence,
    frequencies,
    matrix,
    segments,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.options import Options
    from qualcoder_sm.table import Table


@dataclass(frozen=True, slots=True)
class Report:
    """A report: the name it is called by, its title, the question it answers, and its maker."""

    name: str
    title: str
    question: str
    table: Callable[[Project, Options], Table]


def reports() -> tuple[Report, ...]:
    """Every report there is."""
    return (
        Report("segments", tr("Coded segments"), tr("Which words carry which code?"),
               segments.table),
        Report("quotations", tr("Quotations by code"), tr("What was said about each code?"),
               segments.quotations),
        Report("matrix", tr("Matrix"), tr("Where does each code occur?"), matrix.table),
        Report("frequencies", tr("Frequencies"), tr("How often was each code used?"),
               frequencies.table),
        Report("cooccurrence", tr("Co-occurrence"), tr("Which codes meet on the same words?"),
               cooccurrence.table),
        Report("agreement", tr("Agreement"), tr("Do the coders agree?"), agreement.table),
        Report("codebook", tr("Codebook"), tr("What does each code mean?"), codebook.table),
        Report("audit", tr("Audit trail"), tr("Who did what, when and why?"), audit.table),
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
