"""The Typer app, with the one command in full that is asked for."""

from collections.abc import Callable, Sequence
from typing import Annotated, cast

import typer

from qualcoder_sm.cli import COMMANDS

PROGRAM = "qualcoder-sm"

_LIKE_A_NUMBER = {"ignore_unknown_options": True}
"""So that a start of -1 is refused as a place, not as an option."""

_PLACED = {"code", "move", "aside"}


def run(words: Sequence[str]) -> int:
    """Run the command that the words ask for; returns the exit status.

    A QualCoderError passes through; what Typer says of wrong words goes to stderr.
    """
    try:
        _app(words[0])(list(words), prog_name=PROGRAM)
    except SystemExit as done:
        return int(done.code or 0)
    return 0


def _app(asked: str) -> typer.Typer:
    """All commands by name and summary, and the one asked for in full."""
    app = typer.Typer(
        help=f"Deductive thematic coding. {PROGRAM} alone, or with a project, opens the window.",
        epilog=f"Each command has help with an example: {PROGRAM} import --help",
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    for name, entry in COMMANDS.items():
        if name != asked:
            app.command(name, help=entry.summary)(_unasked)
        elif isinstance(found := entry.load(), typer.Typer):
            app.add_typer(found, name=name)
        else:
            settings = _LIKE_A_NUMBER if name in _PLACED else None
            app.command(name, context_settings=settings)(cast("Callable[..., None]", found))
    return app


def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Options before any command."""


def _unasked() -> None:
    """Stands for a command in the help."""
