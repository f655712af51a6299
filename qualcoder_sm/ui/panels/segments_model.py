"""Coded passages as rows of a list, handed to the view some thousand at a time."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, Qt

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import QuoteRule
from qualcoder_sm.project.passages import Hit
from qualcoder_sm.project.quoting import Quotation, as_text
from qualcoder_sm.project.segments import Coded
from qualcoder_sm.ui.panels.excerpts import Excerpts
from qualcoder_sm.ui.panels.retrieval import Renewed, Retrieved, Totals, common
from qualcoder_sm.ui.panels.tree_model import Index
from qualcoder_sm.ui.reading.content import CODINGS_MIME
from qualcoder_sm.ui.table_model import NOWHERE

_PAGE = 3_000
_FEW = 2_000
_DRAGGED = 200

Role = Qt.ItemDataRole
GUID = Role.UserRole
"""The guid of the coding in a row."""


@dataclass(frozen=True, slots=True)
class Names:
    """How codes and coders are called and coloured, by guid."""

    codes: Mapping[str, str] = field(default_factory=dict[str, str])
    colors: Mapping[str, str] = field(default_factory=dict[str, str])
    coders: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a coding with its words and what is said of it."""

    coding: Coded
    hit: Hit
    source: str
    code: str
    color: str
    coder: str
    rule: QuoteRule = QuoteRule.UNSET

    @property
    def place(self) -> str:
        """Where it stands, for a reader."""
        return tr("{source}, {locator}", source=self.source, locator=self.hit.locator)

    @property
    def where(self) -> str:
        """The place, and who speaks where the place does not say it."""
        speaker = self.hit.speaker
        return self.place if speaker in ("", self.source) else f"{self.place}   {speaker}"

    @property
    def notes(self) -> str:
        """Polarity, whether there is a memo, and the rule where the words may not be published."""
        only = "" if self.rule.allows_words else tr(self.rule.value)
        memo = tr("memo") if self.coding.memo else ""
        parts = (tr(self.coding.polarity) if self.coding.polarity else "", memo, only)
        return ", ".join(part for part in parts if part)

    @property
    def spoken(self) -> str:
        """The row as it is read aloud."""
        parts = (self.code, self.where, self.notes, self.coder, self.hit.words)
        return ". ".join(part for part in parts if part)


class SegmentsModel(QAbstractListModel):
    """The codings in their order; words are looked up for the rows in sight only.

    After a step only the rows that differ change, so that selection and place stay.
    """

    def __init__(self, excerpts: Excerpts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._excerpts = excerpts
        self._codings: list[Coded] = []
        self._order: Mapping[str, int] = {}
        self._names = Names()
        self._seen = 0
        self.totals = Totals()

    @property
    def codings(self) -> Sequence[Coded]:
        """All of them, seen or not."""
        return self._codings

    def set_names(self, names: Names) -> None:
        """Codes or coders are called or coloured otherwise."""
        self._names = names
        if self._seen:
            self.dataChanged.emit(self.index(0), self.index(self._seen - 1))

    def show(self, answer: Retrieved) -> None:
        """Show others, from the first one on."""
        self.beginResetModel()
        self._take(answer)
        self._seen = min(_PAGE, len(self._codings))
        self.endResetModel()

    def follow(self, answer: Retrieved) -> None:
        """Show the same list after a step, touching only the rows that differ."""
        if answer.gone + answer.new > _FEW:
            self.show(answer)
            return
        new = answer.codings[answer.first : answer.first + answer.new]
        self._splice(answer.first, answer.gone, new)
        self._take(answer)

    def renew(self, answer: Renewed) -> None:
        """Show the codings of some sources in the place of those that are shown of them."""
        for source, new in answer.by_source.items():
            if source not in self._order:  # imported a moment ago: it comes with the next list
                continue
            first, last = self._range(source)
            old = self._codings[first:last]
            self.totals.put(old, -1)
            self.totals.put(new)
            same = common(old, new)
            end = common(old[same:][::-1], new[same:][::-1])
            self._splice(first + same, len(old) - same - end, new[same : len(new) - end])

    def _range(self, source: str) -> tuple[int, int]:
        """Where the codings of a source stand."""
        at = self._order[source]
        return (
            bisect_left(self._codings, at, key=self._place),
            bisect_right(self._codings, at, key=self._place),
        )

    def _place(self, coding: Coded) -> int:
        return self._order[coding.source]

    def _splice(self, first: int, gone: int, new: Sequence[Coded]) -> None:
        if first > self._seen or (first == self._seen < len(self._codings)):
            self._codings[first : first + gone] = new
            return
        seen = min(gone, self._seen - first)
        if gone:
            self.beginRemoveRows(QModelIndex(), first, first + seen - 1)
            del self._codings[first : first + gone]
            self._seen -= seen
            self.endRemoveRows()
        if new:
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._codings[first:first] = new
            self._seen += len(new)
            self.endInsertRows()

    def _take(self, answer: Retrieved) -> None:
        self._codings, self._order = answer.codings, answer.order
        self.totals = answer.totals

    def at(self, row: int) -> Coded:
        """The coding in a row."""
        return self._codings[row]

    def line(self, row: int) -> Line:
        """What a row shows."""
        coding, names = self._codings[row], self._names
        hit = self._excerpts.hit(coding.source, coding.start, coding.end)
        return Line(
            coding,
            hit,
            self._excerpts.name(coding.source),
            names.codes.get(coding.code, ""),
            names.colors.get(coding.code, "#808080"),
            names.coders.get(coding.coder, ""),
            self._excerpts.rule(hit, coding.quote_rule),
        )

    def quotations(self, rows: Sequence[int]) -> list[Quotation]:
        """The codings in some rows as they may be published."""
        return self._excerpts.quotations([self._codings[row].guid for row in rows])

    def row_of(self, guid: str) -> int:
        """The row of a coding among those handed out, or -1."""
        found = (row for row in range(self._seen) if self._codings[row].guid == guid)
        return next(found, -1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many the view was given so far."""
        return 0 if parent.isValid() else self._seen

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are others."""
        return not parent.isValid() and self._seen < len(self._codings)

    def fetchMore(self, parent: Index) -> None:
        """Hand out the next ones."""
        self._hand_out(min(self._seen + _PAGE, len(self._codings)))

    def fetch_all(self) -> None:
        """Hand out all, for a selection of everything."""
        self._hand_out(len(self._codings))

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """The words, the row as it is read aloud, and the guid."""
        if not index.isValid() or index.row() >= self._seen:
            return None
        if role == GUID:
            return self._codings[index.row()].guid
        if role == Role.DisplayRole:
            return self.line(index.row()).hit.words
        if role == Role.AccessibleTextRole:
            return self.line(index.row()).spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be selected and dragged onto a code."""
        drag = Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | drag

    def mimeTypes(self) -> list[str]:
        """Codings."""
        return [CODINGS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The guids of the codings that are dragged, one a line; and, for a memo, as quotations."""
        data = QMimeData()
        guids = [self._codings[index.row()].guid for index in indexes]
        data.setData(CODINGS_MIME, "\n".join(guids).encode())
        data.setText(as_text(self._excerpts.quotations(guids[:_DRAGGED])))
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        """They get another code."""
        return Qt.DropAction.CopyAction

    def _hand_out(self, until: int) -> None:
        if until > self._seen:
            self.beginInsertRows(QModelIndex(), self._seen, until - 1)
            self._seen = until
            self.endInsertRows()
