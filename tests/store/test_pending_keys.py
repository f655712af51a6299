"""Author keys come with their posts, wherever an import is cut short, and never without them."""

import errno
import os
import sys
from contextlib import closing
from pathlib import Path

import pytest
from builders import add_text, new_project
from kills import each_kill

from qualcoder_sm import notices
from qualcoder_sm.importers import read_key_file, write_key_file
from qualcoder_sm.project import pending_keys
from qualcoder_sm.project.project import Project

POSTS = "id,thread,author,text\n1,T1,Ann Smith,[SYNTHETIC] Hello\n2,T1,Bo,Hi\n"


@pytest.fixture
def told():
    heard = []
    notices.listen(heard.append)
    return heard


def names(folder):
    return sorted(path.name for path in folder.iterdir())


IMPORT = f"""
from builders import new_project
from qualcoder_sm.__main__ import main
from qualcoder_sm.importers import write_key_file
def prepare(place):
    new_project(place).close()
    (place / "group.csv").write_text({POSTS!r})
    if KEY:
        write_key_file(place / "group_authors_key.csv", {{"Cy": "A0007"}})
def act(place):
    main(["import", str(place / "study.qsm"), str(place / "group.csv")])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
@pytest.mark.parametrize("before", [{}, {"Cy": "A0007"}])
def test_author_keys_are_there_when_their_posts_are_and_only_then(tmp_path, before):
    there = {True: 0, False: 0}
    for place in each_kill(tmp_path, f"KEY = {bool(before)}\n{IMPORT}"):
        key = place / "group_authors_key.csv"
        assert not key.exists() or set(read_key_file(key)) in ({"Cy"}, {"Ann Smith", "Bo", *before})
        with closing(Project.open(place / "study.qsm")) as project:
            people = {person.key for person in project.people.all()}
        known = read_key_file(key) if key.exists() else {}
        assert set(known.values()) == people | set(before.values())
        assert set(known) == ({"Ann Smith", "Bo", *before} if people else set(before))
        assert names(place) == ["group.csv", *([key.name] if known else []), "study.qsm"]
        there[bool(people)] += 1
    assert there[True] > 1  # also killed between the step and its keys
    assert there[False] > 1


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def cut_short(tmp_path, monkeypatch):
    """A project whose import was kept, and whose keys were not put in their place; their file."""
    key = tmp_path / "group_authors_key.csv"
    write_key_file(tmp_path / "new.csv", {"Ann Smith": "A0001"})
    content = {key: (tmp_path / "new.csv").read_bytes()}
    (tmp_path / "new.csv").unlink()
    project = new_project(tmp_path)

    def killed(*_):
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(pending_keys, "finish", killed)
        with pending_keys.pending(project, content):
            add_text(project, "T1", "Words.")
    project.close()
    assert not key.exists()
    return key


def test_keys_that_were_cut_short_are_put_in_place_by_the_next_opening(tmp_path, cut_short, told):
    Project.open(tmp_path / "study.qsm").close()
    assert read_key_file(cut_short) == {"Ann Smith": "A0001"}
    assert told == [f"The author keys of an import that was cut short are now in {cut_short}."]
    assert sorted(file.name for file in tmp_path.iterdir()) == [cut_short.name, "study.qsm"]


def test_a_key_file_that_somebody_made_meanwhile_is_left_alone(tmp_path, cut_short, told):
    write_key_file(cut_short, {"Cy": "A0009"})
    Project.open(tmp_path / "study.qsm").close()
    [sentence] = told
    [waiting] = tmp_path.glob("waiting-*")
    assert waiting.name in sentence
    assert read_key_file(cut_short) == {"Cy": "A0009"}
    assert read_key_file(waiting) == {"Ann Smith": "A0001"}


def test_keys_that_cannot_be_put_in_place_wait_on(tmp_path, cut_short, told, monkeypatch):
    def refused(self, _target):
        raise PermissionError(errno.EROFS, os.strerror(errno.EROFS), str(self))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refused)
        Project.open(tmp_path / "study.qsm").close()
    assert not cut_short.exists()
    assert f"The author keys for {cut_short} wait in" in told[0]
    Project.open(tmp_path / "study.qsm").close()
    assert read_key_file(cut_short) == {"Ann Smith": "A0001"}


@pytest.mark.parametrize("before", [None, "0" * 64])
def test_keys_on_a_disk_that_is_not_there_wait_on(tmp_path, told, before):
    project = new_project(tmp_path)
    add_text(project, "T1", "Words.")
    waits = pending_keys._Waiting(str(tmp_path / "stick" / "key.csv"), "0" * 8, before, 0)
    pending_keys._write(project, [waits])
    project.close()
    for _ in range(2):
        Project.open(project.path).close()
        assert (tmp_path / "study.qsm.keys").exists()
    assert "wait in" in told[0]


def test_a_note_about_keys_that_is_none_touches_nothing_and_keeps_nobody_out(tmp_path, told):
    new_project(tmp_path).close()
    note = tmp_path / "study.qsm.keys"
    victim = tmp_path / "thesis.docx"
    victim.touch()
    for text in (
        "half a no",
        '[{"place": "thesis.docx", "token": "../../x", "before": null, "imports": 9}]',
    ):
        note.write_text(text, encoding="utf-8")
        Project.open(tmp_path / "study.qsm").close()
        assert victim.exists()
        assert note.read_text("utf-8") == text
    [sentence] = told
    assert "study.qsm.keys" in sentence
