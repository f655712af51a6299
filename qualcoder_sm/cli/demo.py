"""`demo`: the demonstration study."""

from pathlib import Path
from typing import Annotated

import typer

from qualcoder_sm.cli import WindowWanted, show
from qualcoder_sm.cli.asked import Asked, command
from qualcoder_sm.cli.progress import progress
from qualcoder_sm.demo import build
from qualcoder_sm.i18n import tr

Place = Annotated[
    Path, typer.Argument(metavar="PATH", help="Where the study is to be.", readable=False)
]
NoWindow = Annotated[bool, typer.Option("--no-window", help="Only build it.")]


@command
def demo(
    asked: Asked, path: Place = Path("Demonstration.qsm"), no_window: NoWindow = False
) -> None:
    """Build the demonstration study and open it.

    Example: qualcoder-sm demo Demonstration.qsm
    """
    with progress(tr("Building")) as bar:
        build(path, bar.goes_on).close()
    show.line(tr("The demonstration study is {path}.", path=path))
    if not no_window:
        raise WindowWanted(path)
