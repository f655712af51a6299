"""More ways to say which codings a command is about, and which texts."""

from enum import StrEnum
from typing import Annotated

import typer

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Polarity
from qualcoder_sm.project import names
from qualcoder_sm.project.project import Project


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
