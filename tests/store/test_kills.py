"""What is cut short at any step is there whole or not at all, and nothing stays behind or in the way."""

import sys
from contextlib import closing

import pytest
from kills import each_kill

from qualcoder_sm import settings
from qualcoder_sm.__main__ import main
from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import backups

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")

BOOK = "code,parent\nReciprocity,\nGift,Reciprocity\n"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


NEW = f"""
from qualcoder_sm.__main__ import main
def prepare(place):
    (place / "book.csv").write_text({BOOK!r})
def act(place):
    main(["new", str(place / "study.qsm"), "--coder", "Ana", "--codebook", str(place / "book.csv")])
"""


def test_a_new_project_is_there_whole_or_can_be_made_again(tmp_path, capsys):
    made = []
    for place in each_kill(tmp_path, NEW):
        path = place / "study.qsm"
        made.append(path.exists())
        status = main(["new", str(path), "--coder", "Ana", "--codebook", str(place / "book.csv")])
        assert status == (1 if made[-1] else 0), capsys.readouterr().err
        with closing(Project.open(path)) as project:
            assert [code.name for code in project.codebook.codes()] == ["Reciprocity", "Gift"]
            assert check(project) == []
        assert names(place) == ["book.csv", "study.qsm"]
    assert made[0] is False
    assert made[-1] is True


NEW_WITHOUT_LINKS = (
    NEW
    + """
from pathlib import Path
def refused(*_):
    raise PermissionError("no links here")
Path.hardlink_to = refused
"""
)


def test_so_it_is_on_a_disk_without_hard_links(tmp_path, capsys):
    for place in each_kill(tmp_path, NEW_WITHOUT_LINKS):
        path = place / "study.qsm"
        main(["new", str(path), "--coder", "Ana", "--codebook", str(place / "book.csv")])
        with closing(Project.open(path)) as project:
            assert len(project.codebook.codes()) == 2
        assert names(place) == ["book.csv", "study.qsm"]


COPY = """
from builders import new_project
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import backups
def prepare(place):
    new_project(place).close()
def act(place):
    project = Project.open(place / "study.qsm")
    project.back_up()
    project.close()
"""


def test_a_backup_is_whole_or_not_there(tmp_path):
    for place in each_kill(tmp_path, COPY):
        with closing(Project.open(place / "study.qsm")) as project:
            made = project.back_up()
            assert names(backups.folder(project.guid)) == sorted(
                [made.path.name, f"{made.of}.copy"]
            )
        assert names(place) == ["study.qsm"]
        Project.open(made.path, read_only=True).close()


EXPORT = """
from qualcoder_sm import exporters
from qualcoder_sm.exporters import Document
from qualcoder_sm.table import Column, Table
TABLE = Table("t", "T", (Column("words"),), (("[SYNTHETIC] words",),) * 3)
def prepare(place):
    (place / "table.xlsx").write_text("old")
def act(place):
    exporters.write(Document.of(TABLE), place / "table.xlsx")
"""


def test_an_export_is_the_old_file_or_the_new_one(tmp_path):
    actions = {}
    exec(EXPORT, actions)
    olds = 0
    for place in each_kill(tmp_path, EXPORT):
        found = (place / "table.xlsx").read_bytes()
        assert found == b"old" or found.startswith(b"PK")
        olds += found == b"old"
        actions["act"](place)
        assert names(place) == ["table.xlsx"]
    assert olds > 2


SETTINGS = """
from qualcoder_sm import paths, settings
from pathlib import Path
def prepare(place):
    paths.settings_file = lambda: place / "deep" / "settings.toml"
    settings.save(settings.Settings(coder="Ana"))
def act(place):
    settings.save(settings.Settings(coder="Ben"))
"""


def test_settings_are_the_old_ones_or_the_new_ones(tmp_path, monkeypatch):
    for place in each_kill(tmp_path, SETTINGS):
        file = place / "deep" / "settings.toml"
        monkeypatch.setattr("qualcoder_sm.paths.settings_file", lambda file=file: file)
        assert settings.load().coder in {"Ana", "Ben"}
        settings.save(settings.Settings(coder="Cy"))
        assert settings.load().coder == "Cy"
        assert names(file.parent) == ["settings.toml"]
