"""Which coders, codes and sources a command is about."""

from typing import Annotated

import typer

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
