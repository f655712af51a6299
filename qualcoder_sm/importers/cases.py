"""Tables of cases: one row a person, organisation or online space."""

from collections.abc import Mapping
from pathlib import Path

from qualcoder_sm.bundle import CaseDraft
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers.table import RawTable, read_table

_NAMES = ("case_id", "case", "name")
_TYPES = ("case_type", "type")
_SOURCES = ("sources", "source")


def read_cases(path: Path) -> list[CaseDraft]:
    """The cases in a csv or xlsx file.

    The name stands under case_id, case or name, else in the first column; the type under
    case_type or type; names of sources under sources or source, apart by semicolons. Every
    other column is an attribute, and an empty cell none. Raises UnreadableFile naming the
    line for a row without a name, or a name that comes twice.
    """
    return cases(read_table(path))


def cases(table: RawTable) -> list[CaseDraft]:
    """The cases in a table; as `read_cases`."""
    name = _first(table, *_NAMES) or 0
    special = {"type": _first(table, *_TYPES), "sources": _first(table, *_SOURCES)}
    attributes = _attributes(table, {name, *special.values()})
    found: dict[str, CaseDraft] = {}
    for index, row in enumerate(table.rows):
        draft = _case(row, name, special, attributes)
        if not draft.name:
            raise table.refused(index, tr("The case has no name."))
        if draft.name in found:
            raise table.refused(index, tr("The case {name} comes twice.", name=draft.name))
        found[draft.name] = draft
    return list(found.values())


def _first(table: RawTable, *headers: str) -> int | None:
    columns = (table.column(header) for header in headers)
    return next((column for column in columns if column is not None), None)


def _attributes(table: RawTable, taken: set[int | None]) -> dict[str, int]:
    attributes: dict[str, int] = {}
    for column, header in enumerate(table.headers):
        if column in taken or not header:
            continue
        if header in attributes:
            raise WrongUsage(
                tr(
                    "{file} has two columns named {header}. Nothing was imported.",
                    file=table.file,
                    header=header,
                )
            )
        attributes[header] = column
    return attributes


def _case(
    row: tuple[str, ...],
    name: int,
    special: Mapping[str, int | None],
    attributes: Mapping[str, int],
) -> CaseDraft:
    def cell(column: int | None) -> str:
        return "" if column is None else row[column].strip()

    return CaseDraft(
        name=cell(name),
        type=cell(special["type"]),
        attributes={header: cell(column) for header, column in attributes.items() if cell(column)},
        sources=tuple(filter(None, map(str.strip, cell(special["sources"]).split(";")))),
    )
