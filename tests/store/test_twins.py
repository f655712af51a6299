"""Other files of a project beside it: noticed, compared step by step, and never touched."""

import json
import shutil
import sqlite3
import sys
from contextlib import closing

import pytest
from builders import new_project

from qualcoder_sm.__main__ import main
from qualcoder_sm.project import surroundings
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import twins


@pytest.fixture
def project(tmp_path):
    project = new_project(tmp_path)
    for n in range(4):
        project.codebook.add(f"Code {n}")
    yield project
    project.close()


def copied(project, name, *codes):
    """A copy beside it, in which these codes were added."""
    path = project.path.with_name(name)
    shutil.copyfile(project.path, path)
    with closing(Project.open(path)) as copy:
        for code in codes:
            copy.codebook.add(code)
    return path


def agreement(project):
    found = surroundings.around(project).twins
    return {twin.path.name: (twin.common, twin.here, twin.there) for twin in found}


CONFLICT = "study.sync-conflict-20240312-140211-ABCDEFG.qsm"


def test_a_conflicted_copy_is_compared_step_by_step(project):
    copied(project, CONFLICT, "Theirs 1", "Theirs 2", "Theirs 3")
    project.codebook.add("Mine")
    assert agreement(project) == {CONFLICT: (5, 1, 3)}
    [twin] = surroundings.around(project).twins
    assert twin.sentence("study.qsm") == (
        f"{CONFLICT} beside it is a copy of the same project: 5 steps in common, 1 only in "
        "study.qsm, 3 only there."
    )


@pytest.mark.parametrize(("mine", "theirs"), [(0, 0), (3, 0), (0, 3), (1, 1), (2, 3)])
def test_steps_in_common_end_where_the_trails_part(project, mine, theirs):
    copied(project, "copy.qsm", *(f"Theirs {n}" for n in range(theirs)))
    for n in range(mine):
        project.codebook.add(f"Mine {n}")
    assert agreement(project) == {"copy.qsm": (5, mine, theirs)}


def test_a_copy_with_the_same_steps_is_said_so(project):
    copied(project, "copy.qsm")
    [twin] = surroundings.around(project).twins
    assert twin.sentence("study.qsm") == "copy.qsm beside it holds the same steps as study.qsm."


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_other_projects_files_and_names_of_the_same_file_are_no_copies(project, tmp_path):
    (tmp_path / "other").mkdir()
    other = new_project(tmp_path / "other")
    other.close()
    shutil.copyfile(other.path, tmp_path / "other.qsm")
    (tmp_path / "letter.qsm").write_text("[SYNTHETIC] no project", encoding="utf-8")
    (tmp_path / "empty.qsm").touch()
    (tmp_path / "folder.qsm").mkdir()
    (tmp_path / "link.qsm").symlink_to(project.path)
    (tmp_path / "gone.qsm").symlink_to(tmp_path / "nowhere")
    shutil.copyfile(project.path, tmp_path / ".study.qsm.part")
    copied(project, "twin.qsm")
    assert agreement(project) == {"twin.qsm": (5, 0, 0)}


def test_looking_leaves_every_byte_and_waits_for_nobody(project, tmp_path):
    copy = copied(project, "copy.qsm", "Theirs")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert agreement(project) == {"copy.qsm": (5, 0, 1)}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    with closing(sqlite3.connect(copy, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        assert agreement(project) == {}


def test_of_many_files_those_are_looked_at_whose_names_begin_alike(project, monkeypatch):
    monkeypatch.setattr(twins, "_MOST", 3)
    for name in ("a.qsm", "b.qsm", "study (copy).qsm", "study 2.qsm"):
        copied(project, name)
    assert set(agreement(project)) == {"study (copy).qsm", "study 2.qsm"}  # and itself


def test_info_says_where_a_project_lies_and_what_is_beside_it(project, capsys, tmp_path):
    path = copied(project, CONFLICT, "Theirs")
    (tmp_path / ".stfolder").mkdir()
    assert main(["info", str(project.path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["synced_by"], told["network_disk"]) == ("Syncthing", None)
    assert told["copies_beside"] == [
        {"path": str(path), "common": 5, "only_here": 0, "only_there": 1}
    ]
    assert main(["info", str(project.path)]) == 0
    out, err = capsys.readouterr()
    place, copy = out.splitlines()[-2:]
    assert place.startswith("study.qsm lies in a folder that Syncthing synchronises")
    assert copy.startswith(f"{CONFLICT} beside it is a copy of the same project: 5 steps")
    assert err == "", "it was told before"
