"""Speakers and authors as a table: who, what they are, and how much they said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Role
from qualcoder_sm.project.people import Said
from qualcoder_sm.ui.table_model import NOWHERE, Index, Left, Right

if TYPE_CHECKING:
    from qualcoder_sm.model import Person
    from qualcoder_sm.project.project import Project

SORT = Qt.ItemDataRole.UserRole
"""What a cell is sorted by."""
_WORDS = 3


def role_names() -> dict[str, str]:
    """The roles that counts know of, in words; a group's own word speaks for itself."""
    return {
        "": tr("not known"),
        Role.INTERVIEWER: tr("interviewer"),
        Role.PARTICIPANT: tr("participant"),
        Role.OTHER: tr("other"),
    }


class PeopleModel(QAbstractTableModel):
    """A row a person, as `refresh` found them."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._heads = (tr("Name"), tr("Role"), tr("Case"), tr("Turns, posts"), tr("Sources"),
                       tr("Characters"))  # fmt: skip
        self._people: list[Person] = []
        self._rows: list[tuple[str | int, ...]] = []

    def refresh(self) -> None:
        """Read everybody anew."""
        said = self._project.people.said()
        cases = {case.guid: case.name for case in self._project.cases.all()}
        roles = role_names() | {"": ""}
        self.beginResetModel()
        self._people = self._project.people.all()
        self._rows = [
            (
                one.key,
                roles.get(one.role, one.role),
                cases.get(one.case or "", ""),
                *said.get(one.guid, Said()),
            )
            for one in self._people
        ]
        self.endResetModel()

    def person(self, row: int) -> Person:
        """Who is in a row."""
        return self._people[row]

    def row_of(self, guid: str) -> int:
        """The row of somebody; -1 when they are gone."""
        return next((n for n, one in enumerate(self._people) if one.guid == guid), -1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many people there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell, what it is sorted by, and the row as it is read aloud."""
        if not index.isValid():
            return None
        cells = self._rows[index.row()]
        cell = cells[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"{cell:,}" if isinstance(cell, int) else cell
        if role == SORT:
            return cell if isinstance(cell, int) or index.column() else index.row()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Left if index.column() < _WORDS else Right
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return self._spoken(*cells)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The name of a column."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Left if section < _WORDS else Right
        return self._heads[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _spoken(self, *cells: str | int) -> str:
        key, role, case, units, sources, _characters = cells
        said = tr(
            "{units} in {sources}",
            units=ntr("{n} turn or post", "{n} turns and posts", int(units)),
            sources=ntr("{n} source", "{n} sources", int(sources)),
        )
        known = tr("case {name}", name=case) if case else ""
        return ", ".join(str(part) for part in (key, role, known, said) if part)
