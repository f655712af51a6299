"""The slim bar over the text: find words in the source that is read."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.project import folding
from qualcoder_sm.spans import Span
from qualcoder_sm.ui.reading import ReadingView
from qualcoder_sm.ui.widgets import label, row, tool

_REST = 60
MOST = 5_000
"""So many hits are marked; a letter would else be marked a hundred thousand times."""


class FindBar(QWidget):
    """A field, "3 of 17", on and back, close. F3 and Shift+F3 also work from the text."""

    said = Signal(object)
    """A quiet sentence, read aloud."""
    closed = Signal()

    def __init__(self, view: ReadingView) -> None:
        super().__init__()
        self._view = view
        self._folded: tuple[str, str] = ("", "")
        self._hits: list[Span] = []
        self._current = -1
        self.field, self.count = QLineEdit(), label("", "muted")
        self.back = tool("caret-up", tr("Hit before (Shift+F3)"))
        self.on = tool("caret-down", tr("Next hit (F3)"))
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._build()
        self.hide()

    def _build(self) -> None:
        self.setProperty("surface", "window")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field.setPlaceholderText(tr("Find in this text"))
        self.field.setAccessibleName(tr("Find in this text"))
        self.field.setFixedWidth(280)
        close = tool("x", tr("Close (Esc)"))
        self.setLayout(row(self.field, 10, self.count, 8, self.back, self.on, 0, close,
                           margins=(16, 4, 8, 4)))  # fmt: skip
        self.field.textChanged.connect(self._rest.start)
        self._rest.timeout.connect(self.search)
        self.back.clicked.connect(self.go_back)
        self.on.clicked.connect(self.go_on)
        close.clicked.connect(self.close_bar)
        for watched in (self.field, self._view):
            watched.installEventFilter(self)

    def open_bar(self) -> None:
        """Show the bar; words selected on one line are looked for."""
        selected = self._view.selected_text().strip()
        self.show()
        if selected and "\n" not in selected and len(selected) < 80:
            self.field.setText(selected)
        self.field.setFocus()
        self.field.selectAll()
        self.search()

    def close_bar(self) -> None:
        """Hide the bar; the hit that was shown is selected."""
        self._rest.stop()
        if 0 <= self._current < len(self._hits):
            self._view.select(*self._hits[self._current])
        self._hits, self._current = [], -1
        self.hide()
        self._view.set_search_hits(())
        self.closed.emit()

    def search(self) -> None:
        """Find the words in the field, from the caret on."""
        self._rest.stop()
        wanted = folding.fold(self.field.text())
        self._hits = _found(self._folded_text(), wanted)
        caret = self._view.selection()[0]
        after = (at for at, (start, _end) in enumerate(self._hits) if start >= caret)
        self._current = next(after, 0) if self._hits else -1
        self._show()

    def follow(self) -> None:
        """Another source is shown, or its text has changed."""
        self._folded = ("", "")
        if self.isVisible():
            self.search()

    def go_on(self) -> None:
        """To the next hit, round and round."""
        self._step(1)

    def go_back(self) -> None:
        """To the hit before."""
        self._step(-1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F3 goes on wherever the keyboard is; Enter and Esc belong to the field."""
        kinds = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if not self.isVisible() or event.type() not in kinds or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        act = self._act_of(event, in_field=watched is self.field)
        if act is None:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress:
            act()
        event.accept()
        return True

    def _act_of(self, event: QKeyEvent, *, in_field: bool):  # noqa: ANN202  a method or None
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_F3 or (in_field and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            return self.go_back if back else self.go_on
        if in_field and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            return self.go_on if key == Qt.Key.Key_Down else self.go_back
        return self.close_bar if in_field and key == Qt.Key.Key_Escape else None

    def _step(self, by: int) -> None:
        if self._rest.isActive():
            self.search()
        if self._hits:
            self._current = (self._current + by) % len(self._hits)
        self._show()

    def _show(self) -> None:
        current = self._hits[self._current] if self._hits else None
        self._view.set_search_hits(self._hits, current)
        if current:
            self._view.reveal(current[1])
            self._view.reveal(current[0])
        self.count.setText(self._told())
        self.count.setAccessibleName(self.count.text())
        for act in (self.back, self.on):
            act.setEnabled(bool(self._hits))
        self.said.emit(self.count.text())

    def _told(self) -> str:
        if not self.field.text():
            return ""
        if not self._hits:
            return tr("not in this text")
        many = f"{len(self._hits):,}"
        words = tr("the first {n}", n=many) if len(self._hits) == MOST else many
        return tr("{n} of {all}", n=f"{self._current + 1:,}", all=words)

    def _folded_text(self) -> str:
        source = self._view.source()
        if self._folded[0] != source or not source:
            self._folded = (source, folding.fold(self._view.text()))
        return self._folded[1]


def _found(folded: str, wanted: str) -> list[Span]:
    """Where the words stand in a folded text, the first so many."""
    hits: list[Span] = []
    at = folded.find(wanted) if wanted else -1
    while at >= 0 and len(hits) < MOST:
        hits.append((at, at + len(wanted)))
        at = folded.find(wanted, at + len(wanted))
    return hits
