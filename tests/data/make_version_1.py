"""Makes version_1.qsm.gz with the program as it was when files had version 1 (commit 07a3d45).

    PYTHONPATH=<that checkout> python tests/data/make_version_1.py version_1.qsm.gz

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
from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.demo.repeatable import StudyClock, study_guids
from qualcoder_sm.importers import ImportOptions
from qualcoder_sm.model import Coding, Polarity, Progress, SourceKind, UnitKind
from qualcoder_sm.project.project import Project

NAME = "Mary Quillfeather"

FILES = {
    # Labels with and without times, speech over several lines, emoji, times that close and part.
    "P01.txt": """

[SYNTHETIC] Interview with P01
Date: 12 March 2024.

INT: So, how did you come to it?

[00:00:52] P01: Right. Well 😀.

I didn’t want to.
[00:01:10]
But I did.

INT:
P01: (laughs) At 12:30 [00:02:00] it was soup.

INT:  And then?  
P01: Nothing 🦉💜.
""",
    # f4: times at the ends of turns.
    "P02.txt": "I: So? #00:00:04-0#\nB1: Aye 😀. #00:00:09-5#\nI: Hm. #00:00:11-0#\n",
    # Names above what is said; one of them is renamed at import.
    "P03.txt": f"{NAME}   0:03\nHello there.\n\nINT   0:09\nWho are you?\n\n{NAME}   0:12\n"
    "I am who I am.\nAnd so on.\n",
    "P04.md": "# Topics\n\n**INT:** Tell me.\n\n**P04:** It was *cold*.\n\n**INT:** Cold?\n",
    # Removed again before the file was closed: its content stayed.
    "P05.txt": "INT: Secretword?\nP05: Yes.\nINT: Gone.\n",
    "notes.txt": "\n  Field notes:  \n\nP01: once, in a text. \n\n",
    "group.csv": "id,thread,author,time,text,author_role\n"
    "1,T1,Ann,2024-03-05T19:30:00+01:00,INT: not a label here,admin\n2,T1,Bo,,Second post,\n",
}  # fmt: skip


def main(target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = StudyClock(date(2024, 3, 1))
        path = Path(folder) / "version_1.qsm"
        project = Project.create(path, "[SYNTHETIC] Version 1", "Ana", clock=clock,
                                 new_guid=study_guids())  # fmt: skip
        bring(project, Path(folder))
        code(project)
        write_about(project)
        correct(project)
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
    options = ImportOptions(speakers={NAME: "P03"})
    project.sources.add(importers.read([folder / name for name in FILES], options))
    project.sources.add(Bundle((paged(),)))
    project.sources.lock(project.sources.find("P02").guid)
    project.cases.add("M.", sources=[project.sources.find("P03").guid])
    project.progress.set(project.sources.find("P01").guid, Progress.DONE)


def paged() -> SourceDraft:
    """A transcript from a PDF."""
    text = "INT: One?\nP06: Two\nlines.\n\nINT: Three.\n"
    units = (
        UnitDraft(5, 9, UnitKind.TURN, "INT", interviewer=True, page=1),
        UnitDraft(15, 25, UnitKind.TURN, "P06", page=1),
        UnitDraft(32, 38, UnitKind.TURN, "INT", interviewer=True, page=2),
    )
    return SourceDraft("P06", SourceKind.TRANSCRIPT, text, units, "Papers", "P06.pdf")


def code(project: Project) -> None:
    theme = project.codebook.add("Theme", codable=False)
    for name in ("Care", "Food"):
        project.codebook.add(name, parent=theme.guid)
    for coder, source, words, name, memo in CODINGS:
        project.act_as(coder)
        apply(project, source, words, name, memo)
    project.act_as("Ben")
    source = project.sources.find("P02")
    project.codings.apply(project.codebook.find("Care").guid, source.guid, 0, source.characters)
    project.act_as("Ana")


CODINGS = (
    ("Ana", "P01", "Well 😀", "Care", ""),
    ("Ana", "P01", "P01: Right. Well", "Care", "from the label on"),
    ("Ana", "P01", "did.\n\nINT:\nP01: (laughs)", "Food", ""),
    ("Ana", "P01", "soup.\n\nINT:  And", "Food", ""),
    ("Ana", "P01", "[00:00:52] P01:", "Care", "who speaks"),
    ("Ana", "P01", "Nothing 🦉💜.", "Food", ""),
    ("Ana", "P01", "P01: Nothing 🦉💜.", "Food", ""),
    ("Ben", "P01", "And then?", "Care", ""),
    ("Ben", "P01", "INT:  And then?", "Care", "kept for its memo"),
    ("Ben", "P01", "\n\nINT:  And then?  \n", "Food", ""),
    ("Ben", "P01", "want to.\n[00:01:10]\nBut", "Care", ""),
    ("Ben", "P02", "Aye 😀. #00:00:09-5#", "Care", ""),
    ("Ben", "P02", "#00:00:04-0#\nB1:", "Food", ""),
    ("Ben", "P03", f"there.\n\nINT   0:09\nWho are you?\n\n{NAME}   0:12\nI am", "Care", ""),
    ("Ben", "P04", "**P04:** It was *cold*.", "Care", ""),
    ("Ben", "P06", "Two\nlines.\n\nINT: Three", "Care", ""),
    ("Ana", "notes", "  Field notes:  \n", "Care", ""),
    ("Ana", "T1", "label here\n\nSecond", "Food", ""),
)


def apply(project: Project, source: str, words: str, code: str, memo: str = "") -> None:
    where = project.sources.find(source)
    start = project.sources.text(where.guid).index(words)
    project.codings.apply(project.codebook.find(code).guid, where.guid, start,
                          start + len(words), memo)  # fmt: skip


def write_about(project: Project) -> None:
    first, second = coded(project, "Well 😀"), coded(project, "P01: Right. Well")
    lone = coded(project, "[00:00:52] P01:")
    project.links.add(first.guid, second.guid, "leads to")
    project.links.add(first.guid, lone.guid, "leads to")
    project.codings.set_polarity(first.guid, Polarity.SUPPORTS)
    project.notes.add("On a coding", "[SYNTHETIC] It stays.", target_table="codings",
                      target=second.guid)  # fmt: skip
    project.notes.add("On a label", "[SYNTHETIC] It becomes free.", target_table="codings",
                      target=lone.guid)  # fmt: skip
    source = project.sources.find("P01")
    text = project.sources.text(source.guid)
    soup, label, p02 = text.index("soup"), text.index("INT:  And"), project.sources.find("P02")
    hm = project.sources.text(p02.guid).index("Hm.")
    told = f"[[P01@{soup}-{soup + 4}]] [[{source.guid}@{label}-{label + 4}]] [[P02@{hm}-{hm + 3}]]"
    project.notes.add("Links", f"[SYNTHETIC] {told} [[notes@2-7]] [[nobody@1-2]]")


def coded(project: Project, words: str) -> Coding:
    """The coding of these words of P01."""
    source = project.sources.find("P01").guid
    text = project.sources.text(source)
    return next(c for c in project.codings.of_source(source) if text[c.start : c.end] == words)


def correct(project: Project) -> None:
    """Words typed in a turn, a turn typed between two, and a line that ended up in no unit."""
    source = project.sources.find("P01")
    text = project.sources.text(source.guid)
    text = text.replace("it was soup", "it was always soup").replace(
        "\n\nINT:  And then?", "\n\nINT: Always?\nINT:  And then?"
    )
    project.sources.correct(source.guid, text)
    source = project.sources.find("P04")
    project.sources.correct(source.guid, LOOSE)
    tell = LOOSE.index("Tell")
    project.notes.draft(None, f"[SYNTHETIC] typing [[P04@{tell}-{tell + 4}]]", title="Draft")


LOOSE = "# Topics\n\n**INT:** Tell me.\n\n**P04:** It was *cold*.\n\nAnd wet?\n"


def take_back(project: Project) -> None:
    project.sources.remove(project.sources.find("P05").guid)
    project.codebook.add("Undone")
    project.undo()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
