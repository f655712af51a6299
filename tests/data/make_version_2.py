"""Makes version_2.qsm.gz with the program as it was when files had version 2 (commit 29a4d6c).

    PYTHONPATH=<that checkout> python tests/data/make_version_2.py version_2.qsm.gz

Everything in it is invented. The guids and times are the same each time.
"""

import gzip
import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

from qualcoder_sm import importers
from qualcoder_sm.bundle import CaseDraft
from qualcoder_sm.demo.repeatable import StudyClock, study_guids
from qualcoder_sm.model import Polarity, Progress, QuoteRule
from qualcoder_sm.project.project import Project

NAME = "Mary Quillfeather"

FILES = {
    "P01.txt": "INT: How was it?\nP01: Right. Well 😀.\nINT: And then?\nP01: Nothing 🦉💜.\n",
    "P02.txt": f"INT: So?\n{NAME}: Aye 😀.\nINT: Then?\n{NAME}: No.\n",
    "group.csv": "id,thread,author,time,text\n1,T1,Ann,2024-03-05T19:30:00+01:00,First post\n"
    "2,T1,Bo,,Second post 😀 here\n3,T2,Ann,,Third\n",
}


def main(target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "version_2.qsm"
        clock, guids = StudyClock(date(2024, 4, 1)), study_guids()
        project = Project.create(path, "[SYNTHETIC] Version 2", "Ana", clock=clock, new_guid=guids)
        bring(project, Path(folder))
        code(project)
        take_out(project)
        take_back(project)
        project.close()
        forget_computer(path)
        target.write_bytes(gzip.compress(path.read_bytes(), mtime=0))


def forget_computer(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for statement in ("PRAGMA secure_delete=ON", "DELETE FROM lock", "VACUUM"):
            file.execute(statement)


def bring(project: Project, folder: Path) -> None:
    project.coders.add("Ben")
    for name, text in FILES.items():
        (folder / name).write_bytes(text.encode())
    project.sources.add(importers.read([folder / name for name in FILES]))
    cases = [CaseDraft(name, "person", {"age": age}) for name, age in (("P01", "44"), ("P02", ""))]
    project.cases.take(cases, "cases.csv")
    project.progress.set(project.sources.find("P01").guid, Progress.DONE)


def code(project: Project) -> None:
    theme = project.codebook.add("Theme", codable=False)
    for name in ("Care", "Food"):
        project.codebook.add(name, parent=theme.guid)
    project.codebook.add("Care")  # the same name at another place
    project.sets.keep("Both", [code.guid for code in project.codebook.below(theme.guid)])
    for coder, source, words, name in CODINGS:
        project.act_as(coder)
        apply(project, source, words, name)
    project.act_as("Ana")
    first = next(one for one in project.codings.all() if one.coder == project.coder.guid)
    project.notes.add("On a coding", "[SYNTHETIC] Why.", target_table="codings", target=first.guid)
    project.notes.draft(None, "[SYNTHETIC] typing", title="Draft")
    project.codings.set_polarity(first.guid, Polarity.SUPPORTS)
    [post] = [c for c in project.codings.all() if c.source == project.sources.find("T1").guid]
    project.act_as("Ben")
    project.codings.set_paraphrase(post.guid, "[SYNTHETIC] said otherwise")
    project.quoting.set_rule(project.sources.find("T1"), QuoteRule.PARAPHRASE, "ethics")
    project.act_as("Ana")


CODINGS = (
    ("Ana", "P01", "Well 😀", "Theme > Care"),
    ("Ana", "P01", "Nothing 🦉💜", "Theme > Food"),
    ("Ben", "P01", "Nothing 🦉💜", "Theme > Food"),
    ("Ben", "T1", "post 😀 here", "Theme > Care"),
)


def apply(project: Project, source: str, words: str, code: str) -> None:
    where = project.sources.find(source)
    start = project.sources.text(where.guid).index(words)
    project.codings.apply(project.codebook.find(code).guid, where.guid, start, start + len(words))


def take_out(project: Project) -> None:
    """A name goes for good, and a text is corrected."""
    project.people.redact({NAME: "P02"}, "a real name")
    source = project.sources.find("P01")
    text = project.sources.text(source.guid)
    project.sources.correct(source.guid, text.replace("How was it", "How was it there"))


def take_back(project: Project) -> None:
    project.codebook.add("Undone")
    project.undo()
    project.act_as("Ben")
    project.codebook.add("Last")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
