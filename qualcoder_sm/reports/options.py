"""What a report is asked for, and what every report says of where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qualcoder_sm.analysis.units import Level
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.segments import EVERYTHING, Filter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcoder_sm.project.project import Project


class Cells(StrEnum):
    """What a cell of a matrix holds.

    CODINGS counts codings, CHARACTERS the characters that carry the code (once), PRESENCE is 1
    or 0, UNITS counts turns, posts and paragraphs that carry the code.
    """

    CODINGS = "codings"
    CHARACTERS = "characters"
    PRESENCE = "presence"
    UNITS = "units"


@dataclass(frozen=True, slots=True)
class Options:
    """Choices for a report; each report looks at those that concern it.

    `rows` is "case", "source", "collection" or "attribute:NAME". With `roll_up` a code also
    counts what is coded with the codes below it. With `codes_down` a matrix has the codes as its
    rows. `totals` adds a row and a column of totals.
    """

    which: Filter = EVERYTHING
    rows: str = "case"
    cells: Cells = Cells.CODINGS
    level: Level = Level.PARAGRAPH
    roll_up: bool = False
    codes_down: bool = False
    totals: bool = False


def provenance(project: Project, options: Options) -> Mapping[str, str]:
    """Project, date, coders, filter, and the head of the audit trail at this moment."""
    steps, head = project.audit.head()
    coders = {coder.guid: coder.name for coder in project.coders.all()}
    names = [coders[guid] for guid in options.which.coders or coders]
    return {
        "project": project.name,
        "date": project.clock().strftime("%Y-%m-%d %H:%M UTC"),
        "coders": ", ".join(names),
        "filter": _filter(options.which),
        "steps": str(steps),
        "head": head,
    }


def grouping(rows: str) -> tuple[str, str]:
    """The kind of rows and, for an attribute, its name; raises WrongUsage."""
    kind, _, name = rows.partition(":")
    if kind in {"case", "source", "collection"} and not name:
        return kind, ""
    if kind == "attribute" and name:
        return kind, name
    raise WrongUsage(
        tr(
            "“{rows}” cannot be the rows of a matrix. Choose case, source, collection, or "
            "attribute:NAME.",
            rows=rows,
        )
    )


def _filter(which: Filter) -> str:
    parts = [
        ntr("{n} code", "{n} codes", len(which.codes)) if which.codes else tr("all codes"),
        ntr("{n} source", "{n} sources", len(which.sources)) if which.sources else
        tr("all sources"),
    ]  # fmt: skip
    if which.narrowings:
        parts.append(tr("narrowed by {what}", what=", ".join(which.narrowings)))
    return ", ".join(parts)
