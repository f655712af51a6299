"""Bundle: what an importer hands over. Nothing in it is in the project yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from qualcoder_sm.model import Role, SourceKind, UnitKind


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A unit as read; fields as in `model.Unit`. `parent` is an ordinal in the same source."""

    start: int
    end: int
    kind: UnitKind
    speaker: str | None = None
    role: str = ""
    at: datetime | None = None
    offset: float | None = None
    parent: int | None = None
    answers: str = ""
    external_id: str = ""
    title: str = ""
    feature: str = ""
    reactions: int | None = None
    url: str = ""
    platform: str = ""
    removed: bool = False
    quote_rule: str = ""
    page: int | None = None

    @property
    def interviewer(self) -> bool:
        """Whether an interviewer speaks."""
        return self.role == Role.INTERVIEWER


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A source as read: text with newlines as \\n, no byte order mark, nothing else normalised.

    `collection` is the name of the collection it should go to, or None. `origin` is the
    file's name (no folder), `origin_sha256` the digest of the file's bytes.
    """

    name: str
    kind: SourceKind
    text: str
    units: tuple[UnitDraft, ...]
    collection: str | None = None
    origin: str = ""
    origin_sha256: str = ""
    external_id: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the researcher should know: in which file, where in it, what."""

    file: str
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """The sources read from one or more files.

    `authors` maps each author's or speaker's name as it stood in the file to the pseudonym that
    replaced it; it is for the key file only and never reaches the project. `keyed` are the files
    in which somebody was given one.
    """

    sources: tuple[SourceDraft, ...]
    problems: tuple[Problem, ...] = ()
    authors: Mapping[str, str] = field(default_factory=dict[str, str])
    keyed: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeDraft:
    """A code as read from a codebook file; `path` is the names from the root down to it.

    `guid` and `origin` are those of a code that came from a project, or empty.
    """

    path: tuple[str, ...]
    color: str = ""
    brief_definition: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    source: str = ""
    codable: bool = True
    guid: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case as read from a table; `sources` are names, attributes are texts by column."""

    name: str
    type: str
    attributes: Mapping[str, str]
    sources: tuple[str, ...] = ()
