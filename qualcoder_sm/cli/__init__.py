"""The whole program without a window: one module a group of commands, loaded when asked for.

The table below is all that is known of a command until then, so that `--help` needs neither
database nor numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

import typer

PROGRAM = "qualcoder-sm"


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: where its function (or its group of commands) is, and what it does."""

    module: str
    name: str
    summary: str

    def load(self) -> object:
        """The function, or the group."""
        return getattr(import_module(f"{__name__}.{self.module}"), self.name)


COMMANDS: Mapping[str, Entry] = {
    "demo": Entry("demo", "demo", "Build the demonstration study and open it."),
    "new": Entry("new", "new", "Make a new project."),
    "info": Entry("info", "info", "Say what is in a project."),
    "import": Entry("importing", "import_files", "Import transcripts, posts, articles or texts."),
    "sources": Entry("sources", "sources", "List the sources."),
    "text": Entry("sources", "text", "Print the text of a source exactly as it is stored."),
    "coders": Entry("coders", "coders", "List the coders, or add one."),
    "cases": Entry("cases", "cases", "List the cases, or import them from a table."),
    "codebook": Entry("codebook", "codebook", "List, import or export the codebook."),
    "code": Entry("code", "code", "Apply a code to a passage, or many from a table."),
    "codings": Entry("codings", "codings", "List the coded passages."),
    "undo": Entry("history", "undo", "Take back the last step."),
    "redo": Entry("history", "redo", "Do the step again that was taken back last."),
    "agreement": Entry("agreement", "agreement", "Compare what two or more coders did."),
    "report": Entry("report", "report", "Make a report."),
    "export": Entry("export", "export", "Export to Excel, Word or CSV."),
    "audit": Entry("audit", "audit", "Print the audit trail, or verify its chain."),
    "check": Entry("audit", "check", "Check that everything in the file is as it should be."),
}  # fmt: skip


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
            app.command(name, context_settings={"ignore_unknown_options": name == "code"})(found)  # type: ignore[arg-type]
    return app


def _options(version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    """Options before any command."""


def _unasked() -> None:
    """Stands for a command in the help."""
