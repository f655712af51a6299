"""Beside every file that holds an audit trail lies the program that verifies it."""

import subprocess
import sys

import pytest
from builders import coded

from qualcoder_sm import exporters, paths
from qualcoder_sm.__main__ import main
from qualcoder_sm.exporters.documents import document
from qualcoder_sm.reports.options import Options

SCRIPT = (paths.shipped("resources") / "verify_trail.py").read_bytes()


@pytest.fixture
def project(tmp_path):
    project = coded(tmp_path, "[SYNTHETIC] I was [tired]{Fatigue}.")
    yield project
    project.close()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.mark.parametrize(
    ("what", "ending", "there"),
    [
        (("audit",), ".csv", True),
        (("audit",), ".docx", True),
        (("project",), ".xlsx", True),
        (("segments",), ".csv", False),
    ],
)
def test_it_goes_beside_a_trail_and_nothing_else(project, folder, what, ending, there):
    target = folder / f"results{ending}"
    beside = exporters.write(document(project, what, Options(), ending), target)
    assert [path.name for path in beside] == (["verify_trail.py"] if there else [])
    assert {path.name for path in folder.iterdir()} == {target.name, *(p.name for p in beside)}
    assert all(path.read_bytes() == SCRIPT for path in beside)


def test_the_same_one_stays_an_older_one_gives_way_another_file_is_left_alone(project, folder):
    made = document(project, ("audit",), Options(), ".csv")
    place = folder / "verify_trail.py"
    exporters.write(made, folder / "a.csv")
    before = place.stat().st_mtime_ns
    exporters.write(made, folder / "b.csv")
    assert place.stat().st_mtime_ns == before
    place.write_bytes(SCRIPT.split(b"\n")[0] + b" of an older version")
    exporters.write(made, folder / "c.csv")
    assert place.read_bytes() == SCRIPT
    place.write_text("somebody's own", encoding="utf-8")
    for name in ("d.csv", "e.csv"):
        [beside] = exporters.write(made, folder / name)
        assert (beside.name, beside.read_bytes()) == ("verify_trail_2.py", SCRIPT)
    assert place.read_text("utf-8") == "somebody's own"


@pytest.mark.parametrize(
    "words", [["export", "--what", "audit"], ["report", "audit"]], ids=["export", "report"]
)
def test_the_command_line_says_so(capsys, project, folder, words):
    command, *more = words
    assert main([command, str(project.path), *more, "--to", str(folder / "trail.csv")]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "Beside it: verify_trail.py, which verifies the audit trail of the project file."
    )
    run = [sys.executable, str(folder / "verify_trail.py"), str(project.path)]
    assert subprocess.run(run, capture_output=True).returncode == 0
