"""What the researcher may choose for an import; the defaults suit most files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class ReadAs(StrEnum):
    """What a file is to be read as; AUTO looks at its ending and its words."""

    AUTO = "auto"
    TRANSCRIPT = "transcript"
    POSTS = "posts"
    ARTICLE = "article"
    TEXT = "text"


class Duplicates(StrEnum):
    """What becomes of posts with the same id."""

    KEEP_FIRST = "keep the first"
    KEEP_ALL = "keep all"


class Orphans(StrEnum):
    """Where a reply goes whose post is missing from the file."""

    UNDER_FIRST_POST = "put under the first post"
    AT_TOP = "leave at the top"


class Removed(StrEnum):
    """What becomes of posts that were removed before the file was made."""

    KEEP_PLACE = "keep an empty place"
    LEAVE_OUT = "leave out"


class SpeakerKeys(StrEnum):
    """Which speakers of transcripts get a key in the place of their label."""

    NOBODY = "nobody"
    PARTICIPANTS = "all but interviewers"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Choices for one import.

    `columns` maps a field of a post to a header of the table. `first_author` is the next
    free author number of the project, `known_authors` names and keys from earlier imports.
    `zone` is the IANA name of the time zone for times that carry none. `speakers` maps a
    label as found to the right one, or to None where it is no speaker; `interviewers` are
    the labels (after correction) of those who ask, None to tell them by the usual words.
    `speaker_keys` gives speakers keys as authors of posts have them; `mask_names` is about names
    inside the words of both. `pdf_layout` reads a PDF slowly, with its columns and gaps as they stand on the page.
    """

    kind: ReadAs = ReadAs.AUTO
    collection: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    key_file: Path | None = None
    first_author: int = 1
    known_authors: Mapping[str, str] = field(default_factory=dict[str, str])
    mask_names: bool = True
    duplicates: Duplicates = Duplicates.KEEP_FIRST
    orphans: Orphans = Orphans.UNDER_FIRST_POST
    removed: Removed = Removed.KEEP_PLACE
    zone: str = "UTC"
    speakers: Mapping[str, str | None] = field(default_factory=dict[str, str | None])
    interviewers: frozenset[str] | None = None
    speaker_keys: SpeakerKeys = SpeakerKeys.NOBODY
    pdf_layout: bool = False
