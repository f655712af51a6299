"""Which coders, codes and sources a command is about."""

from collections.abc import Iterable
from typing import Annotated

import typer

from qualcoder_sm.project.project import Project
from qualcoder_sm.project.segments import Filter

Coders = Annotated[
    list[str],
    typer.Option("--coder", metavar="NAME", help="Only this coder; may be given again."),
]
Codes = Annotated[
    list[str],
    typer.Option("--code", metavar="CODE", help="Only this code; may be given again."),
]
Sources = Annotated[
    list[str],
    typer.Option("--source", metavar="SOURCE", help="Only this source; may be given again."),
]


def chosen(project: Project, coders: list[str], codes: list[str], sources: list[str]) -> Filter:
    """The filter for things by name, each once; raises NotFound or AmbiguousName."""
    return Filter(
        coders=_once(project.coders.find(name).guid for name in coders),
        codes=_once(project.codebook.find(name).guid for name in codes),
        sources=_once(project.sources.find(name).guid for name in sources),
    )


def _once(guids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(guids))
