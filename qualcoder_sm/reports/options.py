"""What a report may be asked for. Each report declares its choices and refuses the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from qualcoder_sm.analysis.units import Level
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.project.filters import EVERYTHING, Filter, Words

__all__ = ["Cells", "Choice", "Counted", "Filter", "Level", "Options", "Words", "grouping"]


class Cells(StrEnum):
    """What a cell of a matrix holds.

    CODINGS counts codings, CHARACTERS the characters that carry the code (once), PRESENCE is 1
    or 0, UNITS counts turns, posts and paragraphs that carry the code.
    """

    CODINGS = "codings"
    CHARACTERS = "characters"
    PRESENCE = "presence"
    UNITS = "units"


class Counted(StrEnum):
    """Which sources agreement counts: those that all compared coders marked as done, those that
    all of them have coded, or every one.
    """

    FINISHED = "finished"
    BOTH = "both"
    ALL = "all"


class Choice(StrEnum):
    """Something that can be chosen for a report, named as on the command line."""

    CODER = "coder"
    CODE = "code"
    SOURCE = "source"
    COLLECTION = "collection"
    CASE = "case"
    ATTRIBUTE = "attribute"
    SPEAKER = "speaker"
    ROLE = "role"
    POSTED_SINCE = "posted-since"
    POSTED_UNTIL = "posted-until"
    WORDS = "words"
    POLARITY = "polarity"
    WEIGHT = "weight"
    WITH = "with"
    WITHOUT = "without"
    NEAR = "near"
    WITHIN = "within"
    SINCE = "since"
    UNTIL = "until"
    ROWS = "rows"
    CELLS = "cells"
    UNIT = "unit"
    SOURCES = "sources"
    ROLL_UP = "roll-up"
    CODES_DOWN = "codes-down"
    TOTALS = "totals"
    USED_ONLY = "used-only"
    ALL_COEFFICIENTS = "all-coefficients"


WHOSE = frozenset({Choice.CODER, Choice.CODE})
TEXT = frozenset({
    Choice.SOURCE, Choice.COLLECTION, Choice.CASE, Choice.ATTRIBUTE, Choice.SPEAKER, Choice.ROLE,
    Choice.POSTED_SINCE, Choice.POSTED_UNTIL, Choice.WORDS,
})  # fmt: skip
"""They choose text: what is not chosen does not exist for the figure."""
CODINGS = frozenset({
    Choice.POLARITY, Choice.WEIGHT, Choice.WITH, Choice.WITHOUT, Choice.NEAR, Choice.WITHIN,
    Choice.SINCE, Choice.UNTIL,
})  # fmt: skip
"""They choose codings among those on the text."""

FIELDS = {
    Choice.CODER: "coders",
    Choice.CODE: "codes",
    Choice.SOURCE: "sources",
    Choice.COLLECTION: "collections",
    Choice.CASE: "cases",
    Choice.ATTRIBUTE: "attributes",
    Choice.SPEAKER: "speakers",
    Choice.ROLE: "roles",
    Choice.POSTED_SINCE: "posted_since",
    Choice.POSTED_UNTIL: "posted_until",
    Choice.WORDS: "words",
    Choice.POLARITY: "polarities",
    Choice.WEIGHT: "weight_at_least",
    Choice.WITH: "with_codes",
    Choice.WITHOUT: "without_codes",
    Choice.NEAR: "near_codes",
    Choice.WITHIN: "near",
    Choice.SINCE: "since",
    Choice.UNTIL: "until",
}
"""The part of the filter that each choice is."""
OTHERS = {
    Choice.ROWS: "rows",
    Choice.CELLS: "cells",
    Choice.UNIT: "level",
    Choice.SOURCES: "counted",
    Choice.ROLL_UP: "roll_up",
    Choice.CODES_DOWN: "codes_down",
    Choice.TOTALS: "totals",
    Choice.USED_ONLY: "used_only",
    Choice.ALL_COEFFICIENTS: "all_coefficients",
}
"""The field of the options that each other choice is."""


@dataclass(frozen=True, slots=True)
class Options:
    """Choices for a report.

    `rows` is "case", "source", "collection" or "attribute:NAME". With `roll_up` a code also
    counts what is coded with the codes below it. With `codes_down` a matrix has the codes as its
    rows. `totals` adds a row and a column of totals; `used_only` leaves out the codes and the
    groups that count nothing. `counted` None means FINISHED, or ALL where the filter names sources.
    """

    which: Filter = EVERYTHING
    rows: str = "case"
    cells: Cells = Cells.CODINGS
    level: Level = Level.UNIT
    counted: Counted | None = None
    roll_up: bool = False
    codes_down: bool = False
    totals: bool = False
    used_only: bool = False
    all_coefficients: bool = False

    @property
    def given(self) -> frozenset[Choice]:
        """The choices that differ from what they are by default."""
        return frozenset(c for c in Choice if self.value(c) != PLAIN.value(c))

    def value(self, choice: Choice) -> Any:  # noqa: ANN401  each choice has a type of its own
        """What is chosen, as the field of the filter or of the options holds it."""
        if choice in FIELDS:
            return getattr(self.which, FIELDS[choice])
        return getattr(self, OTHERS[choice])

    def having(self, choice: Choice, value: object) -> Options:
        """The same with another value of one choice."""
        if choice in FIELDS:
            return replace(self, which=replace(self.which, **{FIELDS[choice]: value}))
        return replace(self, **{OTHERS[choice]: value})

    def only(self, choices: frozenset[Choice]) -> Options:
        """The same, every other choice left as it is by default."""
        which = {name: getattr(EVERYTHING, name) for c, name in FIELDS.items() if c not in choices}
        mine = {name: getattr(PLAIN, name) for c, name in OTHERS.items() if c not in choices}
        return replace(self, which=replace(self.which, **which), **mine)


PLAIN = Options()
"""Nothing chosen."""


def refuse_others(
    report: str, declared: frozenset[Choice], given: frozenset[Choice] | set[Choice]
) -> None:
    """Raise WrongUsage when something is chosen that a report does not apply."""
    others = [choice for choice in Choice if choice in given and choice not in declared]
    if others:
        raise WrongUsage(
            tr(
                "The report “{report}” does not apply {others}; it takes {declared}. Leave out the "
                "rest; nothing was made.",
                report=report,
                others=", ".join(f"--{choice}" for choice in others),
                declared=", ".join(f"--{choice}" for choice in Choice if choice in declared)
                or tr("no choices"),
            )
        )


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
