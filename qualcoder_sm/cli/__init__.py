"""The whole program without a window: one module a group of commands, loaded when asked for.

The table below is all that is known of a command until then, so that `--help` needs neither
database nor numbers, and opening a window needs no commands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: where its function (or its group of commands) is, and what it does."""

    module: str
    name: str
    summary: str

    def load(self) -> object:
        """The function, or the group."""
        return getattr(import_module(f"{__name__}.{self.module}"), self.name)


class WindowWanted(Exception):
    """A command is done, and wants the window to open on a project."""

    def __init__(self, project: Path) -> None:
        super().__init__(project)
        self.project = project


COMMANDS: Mapping[str, Entry] = {
    "demo": Entry("demo", "demo", "Build the demonstration study and open it."),
    "new": Entry("new", "new", "Make a new project."),
    "info": Entry("info", "info", "Say what is in a project."),
    "import": Entry("importing", "import_files", "Import transcripts, posts, articles or texts."),
    "sources": Entry("sources", "sources", "List the sources."),
    "text": Entry("sources", "text", "Print the text of a source exactly as it is stored."),
    "speakers": Entry(
        "speakers", "speakers", "List speakers and authors, or say what they are called and are."
    ),
    "coders": Entry("coders", "coders", "List the coders, or add one."),
    "cases": Entry("cases", "cases", "List the cases, or import them from a table."),
    "codebook": Entry("codebook", "codebook", "List, import or export the codebook."),
    "code": Entry("code", "code", "Apply a code to a passage, or many from a table."),
    "codings": Entry("codings", "codings", "List the coded passages."),
    "mark": Entry(
        "marks",
        "mark",
        "Say what passages say of their code, or what they weigh, or both: all in one step.",
    ),
    "move": Entry(
        "move", "move", "Move the boundaries of a coded passage, or sources into a collection."
    ),
    "recode": Entry("marks", "recode", "Give codings another code."),
    "uncode": Entry("marks", "uncode", "Take codings away."),
    "aside": Entry("marks", "aside", "Set a passage aside that no code fits."),
    "link": Entry("links", "link", "Link a coded passage to another."),
    "quoting": Entry("quoting", "quoting", "List how words may be published, or set a rule."),
    "paraphrase": Entry(
        "quoting", "paraphrase", "Write what is published in place of the words of a passage."
    ),
    "links": Entry("links", "links", "List the links between coded passages."),
    "sets": Entry("sets", "sets", "List the sets of codes, keep one, or delete one."),
    "unlink": Entry("links", "unlink", "Take links away."),
    "search": Entry("search", "search", "Look for words or patterns in the texts."),
    "autocode": Entry("autocode", "autocode", "List the passages that a rule finds, or code them."),
    "correct": Entry("correct", "correct", "Correct the text of a source."),
    "memo": Entry("memo", "memo", "Write, list or show memos."),
    "progress": Entry(
        "source_progress", "progress", "List how far each coder is, or say how far you are."
    ),
    "undo": Entry("history", "undo", "Take back the acting coder's last step that stands."),
    "redo": Entry("history", "redo", "Do the step again that the acting coder took back last."),
    "agreement": Entry("agreement", "agreement", "Compare what two or more coders did."),
    "report": Entry("report", "report", "Make a report."),
    "export": Entry("export", "export", "Export to Excel, Word, CSV or JSON."),
    "audit": Entry("audit", "audit", "Print the audit trail, or verify its chain."),
    "upgrade": Entry("upgrade", "upgrade", "Bring a project of an older version to this one."),
    "check": Entry("audit", "check", "Check that everything in the file is as it should be."),
}
