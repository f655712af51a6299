"""What a packed file must pass before any library opens it."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from qualcoder_sm.errors import UnreadableFile
from qualcoder_sm.i18n import tr

MAX_MEMBERS = 2_000
MAX_MEMBER_BYTES = 256 * 1024**2
MAX_TOTAL_BYTES = 512 * 1024**2
MAX_RATIO = 200
MAX_FILE_BYTES = 512 * 1024**2
MAX_CHARACTERS = 50_000_000

_RATIO_COUNTS_FROM = 10 * 1024**2
_CHUNK = 1 << 16
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_XML_ENDINGS = (".xml", ".rels", ".vml", ".rdf")
_ENCRYPTED = 0x1


def read_bytes(path: Path) -> bytes:
    """The file's bytes; a sentence where it is missing, empty, too large or out of reach."""
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise UnreadableFile(
                tr(
                    "{file} is larger than {limit} MB. Split it and import the parts.",
                    file=path.name,
                    limit=MAX_FILE_BYTES // 1024**2,
                )
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(
            tr("There is no file {file}. Nothing was imported.", file=path)
        ) from error
    except IsADirectoryError as error:
        raise UnreadableFile(tr("{file} is a folder, not a file.", file=path)) from error
    except OSError as error:
        raise UnreadableFile(
            tr("{file} cannot be read: {why}.", file=path, why=error.strerror or error)
        ) from error
    if not data:
        raise empty_file(path.name)
    return data


def empty_file(name: str) -> UnreadableFile:
    """The refusal of a file without a word in it."""
    return UnreadableFile(tr("{file} is empty. Nothing was imported.", file=name))


def damaged_file(name: str) -> UnreadableFile:
    """The refusal of a file that its own library cannot make sense of."""
    return UnreadableFile(
        tr(
            "{file} is damaged or is not what its ending says. "
            "Open it in its own program, save a new copy, import that. Nothing was imported.",
            file=name,
        )
    )


def check_archive(path: Path) -> frozenset[str]:
    """The names of the members of a zip file that is safe to unpack.

    Refuses too many or too large members, a suspicious ratio, names that lead out of the
    archive, links, passwords, and any XML part with a document type.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_sizes(path.name, members)
            _check_names(path.name, members)
            for member in members:
                _check_member(path.name, archive, member)
            return frozenset(member.filename for member in members)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise damaged_file(path.name) from error


def _check_sizes(name: str, members: list[zipfile.ZipInfo]) -> None:
    if (
        len(members) > MAX_MEMBERS
        or any(member.file_size > MAX_MEMBER_BYTES for member in members)
        or sum(member.file_size for member in members) > MAX_TOTAL_BYTES
        or any(map(_is_bomb, members))
    ):
        raise UnreadableFile(
            tr(
                "{file} would unpack to more than a document holds, so it was not opened. "
                "Nothing was imported.",
                file=name,
            )
        )


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return (
        member.file_size > _RATIO_COUNTS_FROM
        and member.file_size > MAX_RATIO * member.compress_size
    )


def _check_names(name: str, members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename.casefold() for member in members]
    if len(set(names)) < len(names) or any(map(_leads_out, members)):
        raise UnreadableFile(
            tr(
                "{file} holds parts with names that no document uses, so it was not opened. "
                "Nothing was imported.",
                file=name,
            )
        )


def _leads_out(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    return (
        path.is_absolute()
        or ".." in path.parts
        or "\\" in member.orig_filename
        or ":" in member.filename
        or stat.S_ISLNK(member.external_attr >> 16)
    )


def _check_member(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise protected_file(name)
    if member.filename.lower().endswith(_XML_ENDINGS) and _declares_type(archive, member):
        raise UnreadableFile(
            tr(
                "{file} declares a document type, which documents of this kind never do, "
                "so it was not opened. Nothing was imported.",
                file=name,
            )
        )


def protected_file(name: str) -> UnreadableFile:
    """The refusal of a file that asks for a password."""
    return UnreadableFile(
        tr(
            "{file} asks for a password. Save a copy without one and import that. "
            "Nothing was imported.",
            file=name,
        )
    )


def _declares_type(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a DTD stands in the part, in any encoding an XML parser would recognise."""
    longest = max(map(len, _FORBIDDEN))
    tail = b""
    for chunk in _chunks(archive, member):
        window = tail + chunk.replace(b"\0", b"")
        if any(word in window for word in _FORBIDDEN):
            return True
        tail = window[-longest:]
    return False


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            yield chunk
