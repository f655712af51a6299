"""The codes of a project as rows of a tree that codes can be dragged in, out of and onto."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QModelIndex, Qt, Signal

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Code
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.panels.pane import FILTER_ROLE
from qualcoder_sm.ui.panels.tree_model import Index, Item, KeyedTree
from qualcoder_sm.ui.reading.content import CODE_MIME, CODINGS_MIME, SELECTION_MIME

Role = Qt.ItemDataRole
ROW = Role.UserRole
_EVERY_ROW = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEditable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemIsDropEnabled
)


@dataclass(frozen=True, slots=True)
class CodeRow:
    """What a row shows: the code, its codings in the source shown and in all."""

    code: Code
    here: int = 0
    total: int = 0

    @property
    def spoken(self) -> str:
        """The row as it is read aloud."""
        said = tr("{name}, {here} here, {total} in all", name=self.code.name, here=self.here,
                  total=self.total)  # fmt: skip
        if not self.code.codable:
            said = tr("{name}, theme, {total} in all", name=self.code.name, total=self.total)
        key = self.code.favourite
        return tr("{said}, key {key}", said=said, key=key) if key else said


@dataclass(frozen=True, slots=True)
class RenameRequest:
    """Call this code otherwise."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """Hang this code under `parent` (None: at the top), before the sibling at `position`."""

    code: str
    parent: str | None
    position: int | None


@dataclass(frozen=True, slots=True)
class DropRequest:
    """Put this code on a passage that was dragged here."""

    code: str
    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RecodeRequest:
    """Let these codings carry this code."""

    code: str
    codings: tuple[str, ...]


class CodebookModel(KeyedTree):
    """Emits what the researcher wants; the pane does it and the rows follow the project."""

    renameRequested = Signal(object)
    moveRequested = Signal(object)
    dropRequested = Signal(object)
    recodeRequested = Signal(object)
    whose: Callable[[str], str] | None = None
    """Tells by code, guid, whose codings are counted; for tooltips."""
    sorted_view = False
    """Whether siblings are shown in another order than the book's, so that none can be put between."""

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """The name, what is read aloud, under ROW the `CodeRow`; the tooltip tells the rest."""
        value = self.value_of(index)
        if not isinstance(value, CodeRow):
            return None
        match role:
            case Role.DisplayRole | Role.EditRole:
                return value.code.name
            case Role.AccessibleTextRole:
                return value.spoken
            case Role.ToolTipRole:
                told = self.whose(value.code.guid) if self.whose else ""
                lines = (value.code.name, value.code.brief_definition, told)
                return "\n".join(line for line in lines if line)
            case _:
                return value if role == ROW else _searched(value) if role == FILTER_ROLE else None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Ask for another name."""
        name = str(value).strip()
        if role != Role.EditRole or not name or name == index.data():
            return False
        self.renameRequested.emit(RenameRequest(self.key_of(index), name))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be renamed and dragged, and takes codes and passages."""
        return _EVERY_ROW if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Codes move, passages are copied."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def supportedDragActions(self) -> Qt.DropAction:
        """A code can be moved in the tree, or put on words."""
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Codes and passages."""
        return [CODE_MIME, SELECTION_MIME, CODINGS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The guid of the code that is dragged."""
        data = QMimeData()
        data.setData(CODE_MIME, self.key_of(indexes[0]).encode())
        return data

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """A passage falls onto a code that can be applied, a code onto or between others.

        A code cannot be hung below itself.

        In a sorted view it can be hung elsewhere, but not be put in another place there.
        """
        if data.hasFormat(SELECTION_MIME) or data.hasFormat(CODINGS_MIME):
            value = self.value_of(parent)
            return row < 0 and isinstance(value, CodeRow) and value.code.codable
        code = bytes(data.data(CODE_MIME).data()).decode()
        if self.sorted_view and self.index_of(code).parent() == parent:
            return False
        return bool(code) and not self._is_within(parent, code)

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Ask for what was dropped; the rows move when the project has changed."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        if data.hasFormat(SELECTION_MIME):
            source, start, end = bytes(data.data(SELECTION_MIME).data()).decode().split()
            passage = DropRequest(self.key_of(parent), source, int(start), int(end))
            self.dropRequested.emit(passage)
        elif data.hasFormat(CODINGS_MIME):
            guids = bytes(data.data(CODINGS_MIME).data()).decode().split()
            self.recodeRequested.emit(RecodeRequest(self.key_of(parent), tuple(guids)))
        else:
            code = bytes(data.data(CODE_MIME).data()).decode()
            self.moveRequested.emit(self._move(code, row, parent))
        return False  # the view must not remove the dragged row itself

    def _move(self, code: str, row: int, parent: Index) -> MoveRequest:
        above = self.key_of(parent) or None
        position = row if row >= 0 and not self.sorted_view else None
        old = self.index_of(code)
        if position is not None and old.parent() == parent and old.row() < position:
            position -= 1  # the project counts the other siblings only
        return MoveRequest(code, above, position)

    def _is_within(self, index: Index, code: str) -> bool:
        while index.isValid():
            if self.key_of(index) == code:
                return True
            index = self.parent(index)
        return False


def code_items(project: Project, source: str | None, counted: str | None) -> list[Item]:
    """The rows of a project: counts in the source shown and in all, of one coder or of all."""
    total = project.codebook.counts(coder=counted)
    here = project.codebook.counts(source=source, coder=counted) if source else {}
    codes = project.codebook.codes()
    sums = _with_children(codes, total), _with_children(codes, here)
    return [
        Item(code.guid, code.parent, CodeRow(code, sums[1][code.guid], sums[0][code.guid]))
        for code in codes
    ]


def _with_children(codes: Sequence[Code], counts: dict[str, int]) -> dict[str, int]:
    """Counts that hold those of the codes below."""
    sums = {code.guid: counts.get(code.guid, 0) for code in codes}
    for code in reversed(codes):
        if code.parent:
            sums[code.parent] += sums[code.guid]
    return sums


def _searched(value: CodeRow) -> str:
    code = value.code
    return " ".join((code.name, code.brief_definition, code.definition))
