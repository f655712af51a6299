"""The trail of the demonstration study: verified by both programs, told in full, nothing empty."""

import runpy
from pathlib import Path

from qualcoder_sm import paths
from qualcoder_sm.project import audit
from qualcoder_sm.project.project import Project
from qualcoder_sm.reports import audit as report
from qualcoder_sm.reports.options import Options

SCRIPT = paths.shipped("resources") / "verify_trail.py"


def test_both_programs_find_it_whole(capsys, built: Path, study: Project):
    steps, head = study.audit.head()
    verdict = study.audit.verify(expected=head)
    assert (verdict.ok, verdict.records, verdict.expected_head) == (True, steps, True)
    assert runpy.run_path(str(SCRIPT))["verify"](built, head) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{steps} steps, ")
    assert lines[0].endswith(f"0 of them not compared; head {head}")
    assert [line.split(": ") for line in lines[1:]] == [
        [check, "ok"] for check in ("chain", "payloads", "tables", "texts", "head")
    ]


def test_no_column_of_the_report_is_empty_or_the_same_all_over(study: Project):
    table = report.table(study, Options())
    for place, column in enumerate(table.columns):
        values = {row[place] for row in table.rows} - {None, ""}
        assert len(values) >= (1 if column.name == "takes back" else 2), column.name


def test_sentences_say_from_what_to_what(study: Project):
    told = {record.action: audit.sentence(record) for record in study.audit.records()}
    assert told["code.rename"] == "Ana renamed the code The list to The tips list."
    assert told["coding.move"].startswith("Ana changed both ends of Coherence in P01, turn ")
    assert told["code.edit"].startswith("Ana changed the include of Reciprocity: from “")
    assert told["case.link"] == "Ana changed the sources of the case P20: added P20."
    assert not any("cannot tell" in sentence for sentence in told.values())


def test_every_step_shows_its_rows_and_names_what_they_are_about(study: Project):
    for told in study.audit.told(most=1_000):
        assert told.differences is not None
        assert (len(told.differences), told.more) == (told.record.rows, 0)
        assert len(told.changes.splitlines()) == told.record.rows
        assert "(gone)" not in told.changes
