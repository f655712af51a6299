"""Document: what an export holds, whatever the format of the file.

Its sections are Tables, quotations under the headings of their codes, and prose.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import PATH_SEPARATOR, Segment
from qualcoder_sm.table import Column, ColumnType, Table

# Called with (rows done, rows in all); it may raise Cancelled, and no file is left then.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A coded passage for the reader; empty fields are left out of its source line.

    `code` is the path of names. `label` says how the words may be used, for example
    "paraphrase only".
    """

    text: str
    code: str
    source: str
    case: str = ""
    speaker: str = ""
    position: str = ""
    coder: str = ""
    memo: str = ""
    label: str = ""

    @classmethod
    def of(cls, segment: Segment, label: str = "") -> "Quotation":
        """The quotation of a retrieved segment."""
        return cls(
            text=segment.text,
            code=segment.code_path,
            source=segment.source_name,
            case=", ".join(segment.cases),
            speaker=segment.speaker,
            position=segment.locator,
            coder=segment.coder_name,
            memo=segment.coding.memo,
            label=label,
        )

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
    """Quotations by code, in the order given: those of one code stand together.

    `definitions` maps a code's path to the sentence printed under its heading.
    """

    title: str
    quotations: tuple[Quotation, ...]
    notes: tuple[str, ...] = ()
    definitions: Mapping[str, str] = field(default_factory=dict[str, str])

    def as_table(self) -> Table:
        """The same quotations, a row each, for files that hold only tables."""
        names = (tr("code"), tr("quotation"), tr("source"), tr("case"), tr("speaker"))
        names += (tr("position"), tr("coder"), tr("memo"), tr("label"))
        long = {tr("quotation"), tr("memo")}
        kinds = (ColumnType.LONG_TEXT if name in long else ColumnType.TEXT for name in names)
        return Table(
            key="quotations",
            title=self.title,
            columns=tuple(map(Column, names, kinds)),
            rows=tuple(
                (q.code, q.text, q.source, q.case, q.speaker, q.position, q.coder, q.memo, q.label)
                for q in self.quotations
            ),
            notes=self.notes,
        )


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
    one is used.
    """

    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    provenance: Mapping[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def of(cls, table: Table) -> "Document":
        """The document that holds one table."""
        return cls(table.title, (table,))

    @property
    def origin(self) -> Mapping[str, str]:
        """The provenance of the whole."""
        if self.provenance:
            return self.provenance
        of_tables = (s.provenance for s in self.sections if isinstance(s, Table))
        return next(filter(None, of_tables), {})

    @property
    def tables(self) -> tuple[Table, ...]:
        """Everything in it that has rows, as Tables."""
        tabular = (s for s in self.sections if not isinstance(s, Prose))
        return tuple(s if isinstance(s, Table) else s.as_table() for s in tabular)


def silent(done: int, total: int) -> None:
    """Progress that nobody follows."""
