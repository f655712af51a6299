"""Document: what an export holds, whatever the format of the file.

Its sections are Tables, quotations under the headings of their codes, and prose.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from qualcoder_sm.exporters.zones import Zone, here
from qualcoder_sm.model import PATH_SEPARATOR
from qualcoder_sm.table import Table

# Called with (rows done, rows in all); it may raise Cancelled, and no file is left then.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A row of the table of quotations, for the reader; empty fields are left out.

    `code` is the path of names. `text` is what may be published of the words.
    """

    code: str
    text: str
    source: str
    case: str = ""
    speaker: str = ""
    position: str = ""
    coder: str = ""
    memo: str = ""
    quote_rule: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """The names from the root of the codebook down to the code."""
        return tuple(self.code.split(PATH_SEPARATOR))

    @property
    def reference(self) -> str:
        """The line below the words: source, case, speaker, position, coder."""
        where = (self.source, self.case, self.speaker, self.position, self.coder)
        return " · ".join(dict.fromkeys(part for part in where if part))


@dataclass(frozen=True, slots=True)
class QuotationSection:
    """The table of quotations, to be printed under the headings of their codes.

    Its columns are the fields of `Quotation`, in their order; the rows of one code stand
    together. `definitions` maps a code's path to the sentence printed under its heading.
    """

    table: Table
    definitions: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def title(self) -> str:
        """The heading of the section."""
        return self.table.title

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """The rows of the table."""
        return tuple(Quotation(*map(str, row)) for row in self.table.rows)


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs under a heading."""

    title: str
    paragraphs: tuple[str, ...]


Section = Table | QuotationSection | Prose


@dataclass(frozen=True, slots=True)
class Document:
    """What is written to one file.

    `provenance` has the keys of a Table's; "project", "date" and "head" (of the audit
    chain) also stand in the footers. Where it is empty, that of the first Table that has
    one is used. Files for people print times by the clocks of `zone`, and Word leaves out the
    rows of a matrix in which nothing was counted unless `empty_rows`.
    """

    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    provenance: Mapping[str, str] = field(default_factory=dict[str, str])
    zone: Zone = field(default_factory=here)
    empty_rows: bool = False

    @classmethod
    def of(cls, table: Table) -> "Document":
        """The document that holds one table."""
        return cls(table.title, (table,))

    @property
    def origin(self) -> Mapping[str, str]:
        """The provenance of the whole."""
        if self.provenance:
            return self.provenance
        return next(filter(None, (table.provenance for table in self.tables)), {})

    @property
    def tables(self) -> tuple[Table, ...]:
        """Everything in it that has rows, as Tables."""
        tabular = (s for s in self.sections if not isinstance(s, Prose))
        return tuple(s if isinstance(s, Table) else s.table for s in tabular)


def silent(done: int, total: int) -> None:
    """Progress that nobody follows."""
