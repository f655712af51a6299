"""The audit trail as a table, in full: every column against values written by hand."""

from datetime import UTC, datetime, timedelta

import docx
import openpyxl
import pytest
from builders import add_text

from qualcoder_sm import exporters
from qualcoder_sm.bundle import CaseDraft
from qualcoder_sm.exporters import Document
from qualcoder_sm.project.audit import head_note
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.segments import Filter
from qualcoder_sm.project.steps import STEPS
from qualcoder_sm.reports import audit
from qualcoder_sm.reports.options import Options
from qualcoder_sm.table import ColumnType


class Clock:
    """Noon of a day, and a minute later each time it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2024, 3, 11, 11, 59, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def project(tmp_path):
    """A step of every class of an audit, by two coders, one with a reason and one taken back."""
    clock = Clock()
    project = Project.create(tmp_path / "study.qsm", "Study", "Ana", clock=clock)
    source = add_text(project, "P01", "[SYNTHETIC] tired and alone")
    code = project.codebook.add("Fatigue", color="#112233").guid
    project.codebook.edit(code, include="worn out")
    project.coders.add("Ben")
    project.act_as("Ben")
    project.reason = "read again"
    coding = project.codings.apply(code, source.guid, 12, 17)
    project.reason = ""
    project.codings.move(coding.guid, 12, 21)
    project.undo()
    project.cases.take([CaseDraft("P01", "person", {})], "cases.csv")
    yield project
    project.close()


def test_every_column_says_what_it_should(project):
    table = audit.table(project, Options())
    hashes = [record.hash for record in project.audit.records()]
    rows = [(*row[:1], *row[2:-1]) for row in table.rows]  # without the time and the digest
    assert [row[-1] for row in table.rows] == hashes
    assert rows == [
        (1, "Ana", "Ana created the project Study.",
         "added project Study\nadded coder Ana",
         "", "project and coders", "intentions", 2, None),
        (2, "Ana", "Ana imported 1 text from P01.txt.",
         "added source P01: kind: text; characters: 27; SHA-256 of the text: "
         f"{project.sources.find('P01').sha256}; origin: P01.txt\n"
         "added paragraph 1 of P01: start: 0; end: 27; kind: paragraph",
         "", "sources", "raw data", 2, None),
        (3, "Ana", "Ana created the code Fatigue at the top.",
         "added code Fatigue: colour: #112233; origin: a-priori",
         "", "codes and definitions", "reconstruction", 1, None),
        (4, "Ana", "Ana changed the include of Fatigue: from nothing to “worn out”.",
         "changed code Fatigue: include: (empty) → worn out; revision: 1 → 2",
         "", "codes and definitions", "instruments", 1, None),
        (5, "Ana", "Ana added the coder Ben.", "added coder Ben",
         "", "project and coders", "process notes", 1, None),
        (6, "Ben", "Ben applied Fatigue to 5 characters of P01, paragraph 1.",
         "added coding of Fatigue in P01, 12–17: coder: Ben",
         "read again", "codings", "data reduction", 1, None),
        (7, "Ben", "Ben changed the end of Fatigue in P01, paragraph 1, from character 17 to "
         "character 21.",
         "changed coding of Fatigue in P01, 12–21: end: 17 → 21",
         "", "codings", "data reduction", 1, None),
        (8, "Ben", "Ben took back step 7: Move the boundary of Fatigue.",
         "changed coding of Fatigue in P01, 12–17: end: 21 → 17",
         "", "project and coders", "process notes", 1, 7),
        (9, "Ben", "Ben took 1 case from cases.csv: 1 new, 0 known.",
         "added case P01: type: person\nadded source P01 of the case P01",
         "", "cases and attributes", "raw data", 2, None),
    ]  # fmt: skip


def test_times_are_those_of_the_steps_and_rise(project):
    times = [row[1] for row in audit.table(project, Options()).rows]
    assert times == sorted(times)
    assert times[0] == "2024-03-11T12:01:00.000000Z"


def test_the_columns_have_their_names_types_and_units(project):
    table = audit.table(project, Options())
    assert [(c.name, c.type, c.unit) for c in table.columns] == [
        ("step", ColumnType.INTEGER, ""),
        ("when", ColumnType.TIME, "UTC"),
        ("coder", ColumnType.TEXT, ""),
        ("what", ColumnType.LONG_TEXT, ""),
        ("before and after", ColumnType.LONG_TEXT, ""),
        ("reason", ColumnType.LONG_TEXT, ""),
        ("subject", ColumnType.TEXT, ""),
        ("audit class", ColumnType.TEXT, ""),
        ("rows", ColumnType.INTEGER, "rows"),
        ("takes back", ColumnType.INTEGER, ""),
        ("digest", ColumnType.TEXT, ""),
    ]


def test_the_notes_give_the_verdict_and_what_a_head_is_good_for(project):
    notes = audit.table(project, Options()).notes
    head = project.audit.head()[1]
    assert notes[:3] == (
        "All 9 steps follow from each other.",
        "Tables and texts are what the trail says.",
        f"The head is {head}. {head_note()}",
    )
    assert "at most the first 20 rows" in notes[3]
    assert "Lincoln & Guba (1985)" in notes[4]


def test_a_coder_of_the_filter_keeps_the_steps_of_that_coder(project):
    ben = project.coders.find("Ben").guid
    table = audit.table(project, Options(which=Filter(coders=(ben,))))
    assert [row[0] for row in table.rows] == [6, 7, 8, 9]


def test_every_kind_of_step_has_a_subject_and_a_class():
    assert {step.audit_class.value for step in STEPS.values()} == {
        "raw data", "data reduction", "reconstruction", "process notes", "intentions", "instruments",
    }  # fmt: skip


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".docx"])
def test_every_export_holds_before_and_after(project, tmp_path, ending):
    target = tmp_path / f"trail{ending}"
    exporters.write(Document.of(audit.table(project, Options())), target)
    assert "changed coding of Fatigue in P01, 12–21: end: 17 → 21" in words(target)
    assert "added project Study\nadded coder Ana" in words(target)


def words(target) -> str:
    if target.suffix == ".csv":
        return target.read_text("utf-8-sig")
    if target.suffix == ".xlsx":
        sheets = openpyxl.load_workbook(target).worksheets
        return "\n".join(str(cell.value) for sheet in sheets for row in sheet for cell in row)
    return "\n".join(one.text for one in docx.Document(str(target)).paragraphs)
