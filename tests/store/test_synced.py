"""Folders that another program keeps in step: told by variables, names, marks and mounts, on any system."""

import re
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from builders import new_project

from qualcoder_sm.__main__ import main
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import synced
from qualcoder_sm.store.synced import Keeper, Surroundings, keeper

MOUNTS = r"""
/dev/sda1 / ext4 rw,relatime 0 0
server:/export /srv/shared nfs4 rw,vers=4.2 0 0
//lab/data /mnt/lab\040data cifs rw,user=ana 0 0
ana@host:/ /mnt/ssh fuse.sshfs rw 0 0
C:\134 /mnt/c 9p rw,aname=drvfs;path=C:\ 0 0
none /mnt/vm 9p rw,trans=virtio 0 0
/dev/sdb1 /mnt/ssh/disk ext4 rw 0 0
/dev/sdc1 /media/stick fuseblk rw 0 0
nonsense
"""


def found(folder, variables=None, names=None, mounts=MOUNTS):
    """The keeper of a folder; `names` are those in folders, by path."""
    kind = PureWindowsPath if re.match(r"[A-Z]:|\\\\", folder) else PurePosixPath
    names = {kind(place): listed for place, listed in (names or {}).items()}
    around = Surroundings(variables or {}, mounts, lambda place: names.get(place, ()))
    return keeper(kind(folder), around)


@pytest.mark.parametrize(("folder", "program"), [
    ("/people/ana/Dropbox/Study", "Dropbox"),
    ("/people/ana/Dropbox (Karolinska)/Study", "Dropbox"),
    (r"C:\Users\Ana\OneDrive - Karolinska Institutet\Study", "OneDrive"),
    (r"C:\Users\Ana\onedrive", "OneDrive"),
    ("/people/ana/Library/CloudStorage/OneDrive-KI/Study", "OneDrive"),
    ("/people/ana/Library/CloudStorage/GoogleDrive-ana@example.org/My Drive", "Google Drive"),
    (r"G:\My Drive\Study", "Google Drive"),
    ("/people/ana/Library/Mobile Documents/com~apple~CloudDocs/Study", "iCloud Drive"),
    (r"C:\Users\Ana\iCloudDrive\Study", "iCloud Drive"),
    ("/data/Nextcloud2/Study", "Nextcloud"),
    ("/data/ownCloud", "ownCloud"),
    ("/data/Syncthing/Study", "Syncthing"),
])  # fmt: skip
def test_folders_are_told_by_their_usual_names(folder, program):
    assert found(folder) == Keeper(program)


@pytest.mark.parametrize("folder", ["/data/Study", "/data/my dropbox notes", "/data/Nextclouds",
                                    r"C:\Users\Ana\Documents", "/mnt/vm/x", "/mnt/ssh/disk/x",
                                    "/media/stick", "/"])  # fmt: skip
def test_a_folder_of_this_computer_has_no_keeper(folder):
    assert found(folder) is None


@pytest.mark.parametrize("name", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_onedrive_says_in_variables_where_it_is(name):
    variables = {name: r"D:\Files\KI"}
    assert found(r"D:\files\ki\Study", variables) == Keeper("OneDrive")
    assert found(r"D:\Files\KI2\Study", variables) is None
    assert found(r"D:\Files", {name: ""}) is None


@pytest.mark.parametrize(("mark", "program"), [
    (".stfolder/", "Syncthing"),
    (".stfolder", "Syncthing"),
    (".sync_1f2e3d4c.db", "Nextcloud or ownCloud"),
    ("._sync_1f2e3d4c.db", "Nextcloud or ownCloud"),
    (".owncloudsync.log", "Nextcloud or ownCloud"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache/", "Dropbox"),
    (".tmp.driveupload/", "Google Drive"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
])  # fmt: skip
def test_folders_are_told_by_what_the_programs_leave_in_them(mark, program):
    assert found("/data/shared/a/b", names={"/data/shared": [".x", mark]}) == Keeper(program)
    assert found("/data/shared", names={"/data/shared": [mark]}) == Keeper(program)
    assert found("/data", names={"/data/shared": [mark]}) is None


def test_the_folder_of_settings_of_dropbox_is_no_mark():
    assert found("/people/x", names={"/people/x": [".dropbox/", ".dropbox-dist/"]}) is None


@pytest.mark.parametrize(("folder", "kind"), [
    ("/srv/shared/Study", "nfs4"),
    ("/mnt/lab data/Study", "cifs"),
    ("/mnt/ssh", "fuse.sshfs"),
    ("/mnt/c/Study", "drvfs"),
    (r"\\lab\data\Study", "SMB"),
])  # fmt: skip
def test_disks_of_the_network_are_told_by_how_they_are_mounted(folder, kind):
    assert found(folder) == Keeper(kind, network=True)


def test_what_is_mounted_later_lies_on_top():
    mounts = "server:/a /data nfs rw 0 0\n/dev/sda1 /data ext4 rw 0 0\n"
    assert found("/data/x", mounts=mounts) is None


def test_a_system_without_a_list_of_mounts_has_none():
    assert found("/srv/shared/Study", mounts="") is None


@pytest.fixture
def study(tmp_path):
    """A project in a folder that Syncthing keeps."""
    (tmp_path / ".stfolder").mkdir()
    project = new_project(tmp_path)
    project.close()
    return project.path


SAID = "study.qsm lies in a folder that Syncthing synchronises"


def test_the_command_line_says_it_once_for_each_project(capsys, study, tmp_path):
    def err(*arguments):
        assert main(list(map(str, arguments))) == 0
        return capsys.readouterr().err

    said = err("coders", study, "--add", "Ben")
    assert said.startswith(f"note: {SAID}")
    assert said.count("\n") == 1
    assert err("coders", study) == ""
    again = study.rename(study.with_name("again.qsm"))
    assert err("coders", again, "--json").startswith("note: again.qsm lies in")
    assert err("coders", again) == ""


def test_nothing_is_said_of_a_folder_of_this_computer(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(synced, "_MOUNTS", tmp_path / "none")
    new_project(tmp_path).close()
    assert main(["coders", str(tmp_path / "study.qsm")]) == 0
    assert capsys.readouterr().err == ""


def test_opening_by_itself_says_nothing(study, capsys):
    Project.open(study).close()
    assert capsys.readouterr() == ("", "")
