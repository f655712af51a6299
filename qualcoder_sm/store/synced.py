"""Folders that another program keeps in step with other computers, and disks of the network.

Two computers can write to one file there without knowing of each other, and of two versions one
wins. Which folders these are is told by variables that the programs set, by files that they leave in
their folders, by the usual names of folders, and by how a disk is mounted.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from qualcoder_sm.i18n import tr

_MOUNTS = Path("/proc/mounts")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the system says: its variables, the text of /proc/mounts or "", and names in a folder.

    Names of folders end with a slash.
    """

    variables: Mapping[str, str]
    mounts: str
    names: Callable[[PurePath], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Keeper:
    """What else has a hand in a folder: the program that synchronises it, or the kind of network disk."""

    name: str
    network: bool = False

    def advice(self, project: str) -> str:
        """What that means for a project of this name, and what to do."""
        if self.network:
            return tr(
                "{project} lies on a disk of the network ({kind}), where steps are slower and a "
                "connection that breaks can cost the last one. Work on a copy on this computer if "
                "you can, and copy it back when it is closed.",
                project=project,
                kind=self.name,
            )
        return tr(
            "{project} lies in a folder that {program} synchronises, which keeps one of two versions "
            "and knows nothing of steps. Open it on one computer at a time, and let {program} "
            "finish before and after; safer is a project outside, and copies of it inside.",
            project=project,
            program=self.name,
        )


def keeper(folder: PurePath, around: Surroundings) -> Keeper | None:
    """Who else has a hand in a folder, given in full; None for one of this computer alone."""
    program = (
        _by_variable(folder, around.variables)
        or _by_name(folder)
        or next(filter(None, map(_marked, map(around.names, (folder, *folder.parents)))), "")
    )
    if program:
        return Keeper(program)
    kind = _network(folder, around.mounts)
    return Keeper(kind, network=True) if kind else None


def keeper_of(project: Path) -> Keeper | None:
    """As `keeper`, of the folder of a project on this computer."""
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        mounts = ""
    return keeper(project.resolve().parent, Surroundings(os.environ, mounts, _names))


def _names(folder: PurePath) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.name + "/" * entry.is_dir() for entry in entries if entry.name[0] == "."]
    except OSError:
        return []


_VARIABLES = dict.fromkeys(("OneDrive", "OneDriveCommercial", "OneDriveConsumer"), "OneDrive")


def _by_variable(folder: PurePath, variables: Mapping[str, str]) -> str:
    places = ((variables.get(name, ""), program) for name, program in _VARIABLES.items())
    found = (program for place, program in places if place and folder.is_relative_to(place))
    return next(found, "")


_NAMES = {
    r"dropbox( \(.+\))?": "Dropbox",
    r"onedrive( ?-.+)?": "OneDrive",
    r"nextcloud\d*": "Nextcloud",
    r"owncloud\d*": "ownCloud",
    r"mobile documents|com~apple~clouddocs|icloud ?drive": "iCloud Drive",
    r"google ?drive(-.+)?|my drive": "Google Drive",
    r"syncthing": "Syncthing",
    r"box sync|box-box": "Box",
    r"pcloud ?drive": "pCloud",
    r"seafile|seadrive": "Seafile",
    r"synologydrive": "Synology Drive",
}
"""What the folders are called by default, however capitals are used; also those of macOS."""


def _by_name(folder: PurePath) -> str:
    return _first(_NAMES, (part.casefold() for part in folder.parts))


_MARKS = {
    r"\.stfolder/?": "Syncthing",
    r"\._?sync_\w+\.db": "Nextcloud or ownCloud",
    r"\.owncloudsync\.log": "Nextcloud or ownCloud",
    r"\.dropbox|\.dropbox\.cache/": "Dropbox",  # a folder .dropbox is that of its settings
    r"\.tmp\.drive(download|upload)/": "Google Drive",
    r"\.849c9593-d756-4e56-8d6e-42412f2a707b": "OneDrive",
    r"\.synologyworkingdirectory/": "Synology Drive",
}
"""What the programs leave in their folders."""


def _marked(names: Iterable[str]) -> str:
    return _first(_MARKS, (name.casefold() for name in names))


def _first(table: Mapping[str, str], names: Iterable[str]) -> str:
    found = (
        program for name in names for mark, program in table.items() if re.fullmatch(mark, name)
    )
    return next(found, "")


_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|afs|ncpfs|ceph|glusterfs|lustre|davfs|drvfs|vboxsf|prl_fs|fuse\."
    r"(sshfs|rclone|davfs2?|gvfsd-fuse|glusterfs|cephfs?|s3fs|vmhgfs-fuse|smbnetfs|curlftpfs|onedriver)"
)


def _network(folder: PurePath, mounts: str) -> str:
    """The kind of network disk that a folder is on, "" for a disk of this computer."""
    if folder.drive.startswith("\\\\"):
        return "SMB"
    deepest, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 4 or not folder.is_relative_to(_unescaped(fields[1])):
            continue
        depth = len(type(folder)(_unescaped(fields[1])).parts)
        if depth >= deepest:  # what is mounted later lies on top
            deepest, kind = depth, _kind(fields[2], fields[3])
    return kind


def _kind(system: str, options: str) -> str:
    if system == "9p" and "drvfs" in options:  # a disk of Windows, seen from its Linux
        return "drvfs"
    return system if _NETWORK.fullmatch(system) else ""


def _unescaped(place: str) -> str:
    r"""A mount point as it is called: a space is written \040."""
    return re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), place)
