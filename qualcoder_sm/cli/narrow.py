"""More ways to say which codings a command is about, and which texts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Polarity
from qualcoder_sm.project import names
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.segments import Filter


class Said(StrEnum):
    """A polarity as it is named in a command."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    MIXED = "mixed"
    NONE = "none"

    @property
    def polarity(self) -> Polarity | None:
        """The polarity; None for none."""
        return None if self is Said.NONE else Polarity(self.value)


Speakers = Annotated[
    list[str],
    typer.Option("--speaker", metavar="KEY", help="Only what this speaker says; again for more."),
]
Attributes = Annotated[
    list[str],
    typer.Option(
        "--attribute",
        metavar="NAME=VALUE",
        help="Only sources of cases with this value; all must hold.",
    ),
]
Cases = Annotated[
    list[str],
    typer.Option("--case", metavar="CASE", help="Only sources of this case; again for more."),
]
Polarities = Annotated[
    list[Said], typer.Option("--polarity", help="Only what says this; again for more.")
]
With = Annotated[
    list[str],
    typer.Option("--with", metavar="CODE", help="Only passages that also carry this code."),
]
Without = Annotated[
    list[str],
    typer.Option("--without", metavar="CODE", help="Only passages that do not carry this code."),
]
Near = Annotated[
    list[str],
    typer.Option("--near", metavar="CODE", help="Only passages near one with this code."),
]
Within = Annotated[
    int | None,
    typer.Option(
        "--within", metavar="N", min=0, help="How many characters is near; else the same unit."
    ),
]
Weight = Annotated[
    int | None, typer.Option("--weight", metavar="N", help="Only passages that weigh N or more.")
]

Since = Annotated[
    datetime | None,
    typer.Option("--since", formats=["%Y-%m-%d"], help="Only what was coded on this day or later."),
]
Until = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], help="Only what was coded before this day."),
]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The options above as they were given."""

    speaker: list[str]
    case: list[str]
    attribute: list[str]
    polarity: list[Said]
    with_codes: list[str]
    without: list[str]
    near: Sequence[str] = ()
    within: int | None = None
    weight: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    def of(self, study: Project, which: Filter) -> Filter:
        """The filter, narrowed; raises NotFound for a name that is not there."""
        return replace(
            which,
            speakers=tuple(self.speaker),
            cases=tuple(case_named(study, name) for name in self.case),
            attributes=attributes(self.attribute),
            polarities=tuple(said.polarity for said in self.polarity),
            with_codes=_codes(study, self.with_codes),
            without_codes=_codes(study, self.without),
            near_codes=_codes(study, self.near),
            near=self.within,
            weight_at_least=self.weight,
            since=self.since.replace(tzinfo=UTC) if self.since else None,
            until=self.until.replace(tzinfo=UTC) if self.until else None,
        )


def attributes(given: list[str]) -> tuple[tuple[str, str], ...]:
    """NAME=VALUE as pairs; wrong usage when there is no equals sign."""
    pairs = [text.partition("=") for text in given]
    for name, equals, _value in pairs:
        if not name or not equals:
            raise typer.BadParameter(tr("Write an attribute as NAME=VALUE."))
    return tuple((name.strip(), value.strip()) for name, _equals, value in pairs)


def case_named(study: Project, name: str) -> str:
    """The guid of the case with this name or guid; raises NotFound."""
    found = names.found(
        name,
        study.cases.all(),
        guid=lambda case: case.guid,
        names=lambda case: (case.name,),
        full_path=lambda case: case.name,
        kind=tr("case"),
    )
    return found.guid


def _codes(study: Project, wanted: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(study.codebook.find(name).guid for name in wanted))
