"""The project's vocabulary, as immutable values.

Positions are Unicode code points, half-open [start, end), on the text as stored.
Times are aware UTC datetimes. References between values are guids.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

PATH_SEPARATOR = " > "


class SourceKind(StrEnum):
    """What a source is: a transcript, a thread of posts, an article, or plain text."""

    TRANSCRIPT = "transcript"
    POSTS = "posts"
    ARTICLE = "article"
    TEXT = "text"


class UnitKind(StrEnum):
    """What the units of a source are."""

    TURN = "turn"
    POST = "post"
    COMMENT = "comment"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CUE = "cue"


class Role(StrEnum):
    """Whose words a unit holds.

    UNKNOWN is a unit of which nobody said who speaks: its words count as anybody's.
    """

    INTERVIEWER = "interviewer"
    PARTICIPANT = "participant"
    HEADING = "heading"
    OTHER = "other"
    UNKNOWN = ""


class QuoteRule(StrEnum):
    """How the words of a post, source or collection may be published; UNSET leaves it to what holds it."""

    UNSET = ""
    VERBATIM = "verbatim"
    PARAPHRASE = "paraphrase only"
    DO_NOT_QUOTE = "do not quote"
    WITHDRAWN = "withdrawn"

    @property
    def allows_words(self) -> bool:
        """Whether the words may be published as they stand; where nothing is said, they may."""
        return self in (QuoteRule.UNSET, QuoteRule.VERBATIM)


class Polarity(StrEnum):
    """What a coded passage says of its code."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    MIXED = "mixed"


class Origin(StrEnum):
    """Where a code comes from: the framework, or the data."""

    A_PRIORI = "a-priori"
    EMERGENT = "emergent"


class Progress(StrEnum):
    """How far one coder is with one source."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Coder:
    """A person who codes."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder of sources, or an online group."""

    guid: str
    name: str
    platform: str = ""
    visibility: str = ""
    access_basis: str = ""
    quote_rule: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A document under analysis, without its text.

    `collection` is None for a source that stands alone. `external_id` is the thread's
    id in the platform it came from, or empty. `origin` is the imported file's name.
    """

    guid: str
    name: str
    kind: SourceKind
    collection: str | None
    characters: int
    sha256: str
    units: int = 0
    origin: str = ""
    external_id: str = ""
    description: str = ""
    created: datetime | None = None
    locked: bool = False
    quote_rule: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks or writes, by pseudonym key; `case` is a guid or None.

    `role` is "interviewer", "participant", "other" (neither), or what a group calls its
    members ("admin"); empty where nothing is known.
    """

    guid: str
    key: str
    role: str = ""
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A turn, post, comment, cue or paragraph: text[start:end] of its source.

    The text holds the words alone. `speaker` is the pseudonym key of who speaks or writes (None:
    nobody is named), `person` their guid, `role` what is known of them (see `Person`).
    `parent` is the ordinal of the unit it answers; `answers` the external id it claims to answer,
    kept also when that post is missing. `offset` is a position in the recording in seconds.
    `page` is the page it begins on, counted from 1 (None: the source has no pages).
    """

    guid: str
    source: str
    ordinal: int
    start: int
    end: int
    kind: UnitKind
    speaker: str | None = None
    person: str | None = None
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
    def counts_as(self) -> Role:
        """Whose words these are, for counting."""
        return role_of(self.kind, self.role, named=self.speaker is not None)

    @property
    def interviewer(self) -> bool:
        """Whether an interviewer speaks, whose words are shown quieter."""
        return self.role == Role.INTERVIEWER

    @property
    def told_role(self) -> str:
        """The role where it tells something: a plain participant is who is expected."""
        return "" if self.role == Role.PARTICIPANT else self.role


def role_of(kind: UnitKind | str, role: str, *, named: bool) -> Role:
    """Whose words a unit of this kind holds, whose speaker has this role (and is `named`)."""
    if kind == UnitKind.HEADING:
        return Role.HEADING
    if role in (Role.INTERVIEWER, Role.OTHER):
        return Role(role)
    return Role.PARTICIPANT if named else Role.UNKNOWN


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the codebook, with the fields of MacQueen et al. (1998).

    A code with `codable` False is a theme: it holds other codes and is not applied itself.
    """

    guid: str
    name: str
    color: str
    parent: str | None = None
    position: int = 0
    codable: bool = True
    origin: Origin = Origin.A_PRIORI
    brief_definition: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    source: str = ""
    favourite: int | None = None
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Coding:
    """A code that a coder applied to text[start:end] of a source.

    `paraphrase` is what may be printed instead of the words; `quote_rule` overrides, for this
    passage alone, the rule of its post, source or collection.
    """

    guid: str
    code: str
    source: str
    coder: str
    start: int
    end: int
    created: datetime
    polarity: Polarity | None = None
    weight: int | None = None
    code_revision: int = 1
    memo: str = ""
    paraphrase: str = ""
    quote_rule: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A memo: free (target_table empty), or about one row of the project."""

    guid: str
    kind: str
    title: str
    text: str
    coder: str
    created: datetime
    modified: datetime
    target_table: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A person, organisation or online space that sources belong to."""

    guid: str
    name: str
    type: str
    sources: tuple[str, ...] = ()
    attributes: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A coded passage as retrieved: its words, where they stand, and who is behind them.

    `locator` is for the reader: "turn 34", "post S01-0017", "page 3, paragraph 12". `speaker`
    names all who speak in it, in order. `quote_rule` is the rule that holds for its words, and
    `printed_name` what its source may be called in print: the title of a thread is words, too.
    """

    coding: Coding
    text: str
    code_path: str
    source_name: str
    collection_name: str
    coder_name: str
    cases: tuple[str, ...]
    speaker: str
    locator: str
    quote_rule: QuoteRule = QuoteRule.UNSET
    printed_name: str = ""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after; None on the side where it does not exist."""

    table: str
    guid: str
    before: dict[str, object] | None
    after: dict[str, object] | None

    def inverse(self) -> "RowChange":
        """The change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Change:
    """What one coder did in one step: the unit of audit, undo and notification.

    `action` is a key such as "coding.apply"; `label` the sentence shown to people;
    `undo_of` the number of the step that an undo or redo is about. The rows of a long step are read
    anew each time they are gone through; `tables` are those they belong to.
    """

    seq: int
    at: datetime
    coder: str
    action: str
    label: str
    reason: str
    rows: Sequence[RowChange]
    undo_of: int | None = None
    tables: frozenset[str] = frozenset()

    def touches(self, *tables: str) -> bool:
        """Whether a row of one of these tables changed."""
        return not self.tables.isdisjoint(tables)
