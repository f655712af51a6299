"""A table of much text in a Word document: a block for each row, its texts beside their names."""

from collections.abc import Iterator
from dataclasses import dataclass

from qualcoder_sm.exporters import cells
from qualcoder_sm.exporters.printed import Line, Printed, legible, printed
from qualcoder_sm.exporters.word_look import DEEPEST_HEADING
from qualcoder_sm.exporters.word_text import notes_below, paragraph, run
from qualcoder_sm.exporters.zones import Zone
from qualcoder_sm.table import ColumnType, Table

_BOLD = "<w:b/><w:bCs/>"
_TAB = "<w:r><w:tab/></w:r>"


def codebook(table: Table, zone: Zone) -> Iterator[tuple[str, int]]:
    """Pieces of XML, and how many rows each tells: the codes below the headings of their themes."""
    table = legible(table)
    codes = printed(table, zone)
    yield paragraph(table.title, "Heading 1"), 0
    for line in codes.lines:
        heading = f"Heading {min(line.depth + 2, DEEPEST_HEADING)}"
        yield record(codes, line, heading), len(line.texts) == len(codes.heads)
    yield notes_below(cells.notes(table)), 0


def record(table: Printed, line: Line, style: str) -> str:
    """A row: its first cell in a style of its own, the short ones in one line, then the texts."""
    filled = [
        _Field(table.heads[i], table.kinds[i], text) for i, text in enumerate(line.texts) if i
    ]
    filled = [field for field in filled if field.text not in {"", cells.MISSING}]
    facts = [field for field in filled if field.kind is not ColumnType.LONG_TEXT]
    entries = [field for field in filled if field.kind is ColumnType.LONG_TEXT]
    return (
        paragraph(table.name(line), style, keep=bool(filled))
        + (_facts(facts, keep=bool(entries)) if facts else "")
        + "".join(paragraph(field.text, "Entry", lead=_label(field.name)) for field in entries)
    )


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    kind: ColumnType
    text: str


def _label(name: str) -> str:
    return run(name, _BOLD) + _TAB


def _facts(facts: list[_Field], *, keep: bool) -> str:
    colors = (cells.color_of(field.text) for field in facts if field.kind is ColumnType.COLOR)
    color = next(filter(None, colors), None)
    lead = run("■ ", f'<w:color w:val="{color[1:]}"/>') if color else ""
    told = " · ".join(f"{field.name}: {field.text}" for field in facts)
    return paragraph(told, "Facts", lead=lead, keep=keep)
