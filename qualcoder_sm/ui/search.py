"""The search of a project: codes by name, passages by word, in a list under the field."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.i18n import tr
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui import icons
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.widgets import column, key_cap, row

_CODES, _SOURCES, _HITS = 5, 12, 3
_BEFORE, _AFTER = 28, 60


@dataclass(frozen=True, slots=True)
class Found:
    """One result: a code by guid, a place, or all hits; `text` is what the list shows."""

    text: str
    code: str = ""
    words: str = ""
    place: Place | None = None


class SearchField(QLineEdit):
    """Type words; the list opens under the field and follows the arrow keys."""

    placeChosen = Signal(object)
    """`Place` of a hit."""
    codeChosen = Signal(object)
    """Guid of a code."""
    allRequested = Signal(object)
    """Words of which all hits shall be seen."""

    def __init__(self, project: Project, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._results: list[Found] = []
        self._rest = QTimer(self, singleShot=True, interval=120)
        self._rest.timeout.connect(self._search)
        self.list = QListWidget()
        self._frame = QFrame(self.window())
        self._build()

    def _build(self) -> None:
        self.setPlaceholderText(tr("Search the project"))
        self.setAccessibleName(tr("Search the project"))
        position = QLineEdit.ActionPosition.LeadingPosition
        self.addAction(icons.icon("magnifying-glass"), position)
        self._cap = key_cap("Ctrl+K")
        self.setLayout(row(0, self._cap, margins=(0, 0, 8, 0)))
        self.textEdited.connect(self._typed)
        self.returnPressed.connect(self._choose_current)
        self.list.setProperty("pop", True)
        self.list.setAccessibleName(tr("What was found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(self._choose)
        self._frame.setProperty("popup", True)
        self._frame.setLayout(column(self.list, margins=(1, 6, 1, 6)))
        self._frame.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the list, Esc closes it."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list.count():
            step = 1 if key == Qt.Key.Key_Down else -1
            at = min(max(self.list.currentRow() + step, 0), self.list.count() - 1)
            self.list.setCurrentRow(at)
        elif key == Qt.Key.Key_Escape:
            self._frame.hide()
            self.clear()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The key is shown only where it does not lie on the words."""
        super().resizeEvent(event)
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        free = self.width() - words - self._cap.sizeHint().width() - 56
        self._cap.setVisible(free > 0 and not self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes with the focus."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._frame.hide()

    def _typed(self, text: str) -> None:
        if text:
            self._cap.hide()
        if len(text.strip()) < 2:
            self._frame.hide()
        else:
            self._rest.start()

    def _search(self) -> None:
        words = self.text().strip()
        self._results = [*self._codes(words), *self._places(words)]
        self.list.clear()
        for found in self._results:
            self.list.addItem(QListWidgetItem(found.text))
        if self._results:
            self._offer_all(words)
        if not self._results:
            nothing = QListWidgetItem(tr("Nothing matches “{words}”.", words=words))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        else:
            self.list.setCurrentRow(0)
        self._open()

    def _offer_all(self, words: str) -> None:
        every = tr("All hits of “{words}” in all texts", words=words)
        self._results.append(Found(every, words=words))
        self.list.addItem(QListWidgetItem(every))

    def _open(self) -> None:
        window = self.window()
        self._frame.setParent(window)
        width = max(520, self.width())
        rows = min(14, self.list.count())
        corner = self.mapTo(window, QPoint(self.width() - width, self.height() + 4))
        self._frame.setGeometry(corner.x(), corner.y(), width, rows * 30 + 14)
        self._frame.show()
        self._frame.raise_()

    def _choose_current(self) -> None:
        self._rest.stop()
        if not self._frame.isVisible():
            self._search()
        row_now = self.list.currentRow()
        if 0 <= row_now < len(self._results):
            self._go(self._results[row_now])

    def _choose(self, item: QListWidgetItem) -> None:
        at = self.list.row(item)
        if at < len(self._results):
            self._go(self._results[at])

    def _go(self, found: Found) -> None:
        self._frame.hide()
        if found.words:
            self.allRequested.emit(found.words)
        elif found.place:
            self.placeChosen.emit(found.place)
        else:
            self.codeChosen.emit(found.code)

    def _codes(self, words: str) -> list[Found]:
        wanted = words.casefold()
        named = [
            Found(tr("Code: {path}", path=path), code=guid)
            for guid, path in self._project.codebook.paths().items()
            if wanted in path.rsplit(" > ", 1)[-1].casefold()
        ]
        return named[:_CODES]

    def _places(self, words: str) -> Iterator[Found]:
        quoted = words.replace('"', '""')
        try:
            sources = self._project.sources.search(f'"{quoted}" *', _SOURCES)
        except QualCoderError:  # half a query, while it is being typed
            return
        for source in sources:
            if words.casefold() in source.name.casefold():
                yield Found(source.name, place=Place(source.guid, 0, 0))
            text = self._project.sources.text(source.guid)
            for start in _hits(text, words):
                shown = _around(text, start, len(words))
                place = Place(source.guid, start, start + len(words))
                yield Found(f"{source.name}:  {shown}", place=place)


def _hits(text: str, words: str) -> Iterator[int]:
    """Where the words stand in a text, the first few, whatever the case."""
    lowered, wanted = text.lower(), words.lower()
    if len(lowered) != len(text):  # a letter that gets longer would shift every position
        lowered, wanted = text, words
    at = -1
    for _hit in range(_HITS):
        at = lowered.find(wanted, at + 1)
        if at < 0:
            return
        yield at


def _around(text: str, start: int, length: int) -> str:
    first = max(0, start - _BEFORE)
    shown = " ".join(text[first : start + length + _AFTER].split())
    return f"… {shown} …" if first else f"{shown} …"
