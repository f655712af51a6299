"""A codebook as a table with the columns that `codebook import` reads."""

from collections.abc import Sequence
from pathlib import Path

from qualcoder_sm import exporters
from qualcoder_sm.exporters import Document
from qualcoder_sm.exporters.documents import document
from qualcoder_sm.files import atomic_path
from qualcoder_sm.project.codes import DEFINITION_FIELDS
from qualcoder_sm.project.project import Project
from qualcoder_sm.reports.options import Options
from qualcoder_sm.table import Column, Table

COLUMNS = ("code", "parent", "color", *DEFINITION_FIELDS, "codable", "origin", "guid")


def write(project: Project, target: Path) -> None:
    """The codebook to a file: to be imported again (.csv, .xlsx), or to be read (the others)."""
    rows = _rows(project)
    match target.suffix.lower():
        case ".csv":
            table = Table("codebook", "codebook", tuple(map(Column, COLUMNS)), tuple(rows))
            exporters.write(Document.of(table), target)
        case ".xlsx":
            _write_sheet(rows, target)
        case _:
            exporters.write(document(project, ("codebook",), Options()), target)


def _rows(project: Project) -> list[tuple[str, ...]]:
    paths = project.codebook.paths()
    return [
        (
            code.name,
            paths[code.parent] if code.parent else "",
            code.color,
            *(getattr(code, field) for field in DEFINITION_FIELDS),
            "yes" if code.codable else "no",
            code.origin.value,
            code.guid,
        )
        for code in project.codebook.codes()
    ]


def _write_sheet(rows: Sequence[Sequence[str]], target: Path) -> None:
    """One bare sheet: the workbooks of other exports begin with a page about them."""
    from xlsxwriter import Workbook

    # In memory: its parts would else lie in the folder of the system for a moment.
    with atomic_path(target) as path, Workbook(str(path), {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("codebook")
        for at, row in enumerate([COLUMNS, *rows]):
            for column, text in enumerate(row):
                sheet.write_string(at, column, text)
