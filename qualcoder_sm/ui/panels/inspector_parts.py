"""What the sections of the inspector are made of."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPlainTextEdit, QSizePolicy, QWidget

from qualcoder_sm.errors import TakenOver
from qualcoder_sm.ui.panels.code_menu import chip
from qualcoder_sm.ui.theme import Theme
from qualcoder_sm.ui.widgets import Elided, label, row


def chip_label(theme: Theme, color: str) -> QLabel:
    """A code's colour."""
    made = QLabel()
    made.setPixmap(chip(theme, color, 12))
    made.setFixedSize(QSize(12, 12))
    return made


class Field(QPlainTextEdit):
    """A field as high as its text that tells when it is left with other words in it.

    It does not tell yet when it is left for the line `waits_for`, where the reason is written.
    """

    committed = Signal()
    """The field was left, or rested in for a while, with other words than it was given."""
    finished = Signal()
    """Ctrl+Enter or Esc: the researcher goes back to where she came from."""

    def __init__(self, name: str, look: str = "", *, rest: int = 0, returns: bool = False) -> None:
        """One that `returns` tells when it is finished; others go on to the next field."""
        super().__init__()
        self._returns = returns
        self.waits_for: QWidget | None = None
        self._given = ""
        self._before: str | None = None
        self._pause = QTimer(self, singleShot=True, interval=rest)
        self._pause.timeout.connect(self.commit)
        self._rests = rest > 0
        self.setProperty("look", look)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._typed)

    def give(self, text: str) -> None:
        """Show these words, unless the researcher is writing here."""
        if self.has_news():
            return
        self._given = text
        if self.toPlainText() != text:
            self.setPlainText(text)
        self._pause.stop()

    def text(self) -> str:
        """The words in the field."""
        return self.toPlainText().strip()

    def has_news(self) -> bool:
        """Whether there are words here that nobody was told of."""
        return self.text() != self._given.strip()

    def commit(self) -> None:
        """Tell of other words, if there are any."""
        self._pause.stop()
        if self.has_news():
            self._before, self._given = self._given, self.text()
            self.committed.emit()
            self._before = None

    def hold(self) -> None:
        """Keep the words that are being told as news: nobody can take them any more."""
        if self._before is not None:
            self._given = self._before

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving is committing; there is no Save."""
        super().focusOutEvent(event)
        if self.waits_for is None or QApplication.focusWidget() is not self.waits_for:
            self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter leaves the field, and so does Esc where it leads back."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self._returns and (event.key() == Qt.Key.Key_Escape or _is_enter(event, held)):
            self.commit()
            self.finished.emit()
        elif _is_enter(event, held):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height."""
        super().resizeEvent(event)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as the text, two lines at least."""
        lines = max(1, round(self.document().size().height()))
        height = lines * self.fontMetrics().lineSpacing() + 18
        return QSize(120, min(height, 320))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def _typed(self) -> None:
        self.updateGeometry()
        if self._rests and self.has_news():
            self._pause.start()


def hold_refused(parent: QWidget, error: object) -> None:
    """Keep words in their field, whatever is shown there later, once no step is taken any more."""
    if isinstance(error, TakenOver):
        for field in parent.findChildren(Field):
            field.hold()


def _is_enter(event: QKeyEvent, held: Qt.KeyboardModifier) -> bool:
    return bool(held) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CodingRow(QFrame):
    """One coding: chip, name, what it says, whose it is. A press makes it the current one."""

    pressed = Signal(object)
    """The guid of the coding."""

    def __init__(
        self, theme: Theme, guid: str, name: str, color: str, note: str, *, current: bool
    ) -> None:
        super().__init__()
        self._guid = guid
        self.setProperty("row", "selected" if current else "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{name}, {note}" if note else name)
        self.setMinimumHeight(26)
        self.setLayout(row(chip_label(theme, color), 8, Elided(name), 6, label(note, "muted"),
                           margins=(6, 2, 6, 2), stretch=2))  # fmt: skip

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this coding."""
        self.pressed.emit(self._guid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space choose it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space):
            self.pressed.emit(self._guid)
        else:
            super().keyPressEvent(event)


def pair(name: str, value: str) -> QWidget:
    """A name and its value, the values under each other."""
    made = QWidget()
    caption = label(name, "small")
    caption.setFixedWidth(84)
    caption.setAlignment(Qt.AlignmentFlag.AlignTop)
    made.setLayout(row(caption, label(value, wrap=True), margins=(0, 1, 0, 1), stretch=1))
    return made
