"""The words of a memo: to write, and as they will be read."""

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QSyntaxHighlighter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextBrowser

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.pages import memo_links
from qualcoder_sm.ui.positions import Positions
from qualcoder_sm.ui.theme import READING_SERIF, Theme, sized_font

REST = 1500
_PIXELS = 16


class _Links(QSyntaxHighlighter):
    """The name of a link stands out, what it points to steps back."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._name, self._rest = QTextCharFormat(), QTextCharFormat()
        self._rest.setFontPointSize(7)

    def set_theme(self, theme: Theme) -> None:
        """In the colours of a theme."""
        self._name.setForeground(theme.color.accent)
        self._rest.setForeground(theme.color.muted)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """One paragraph."""
        positions = Positions(text)
        for found in memo_links.spans(text):
            start, name_end, end = map(positions.to_qt, found)
            self.setFormat(start, name_end - start, self._name)
            self.setFormat(name_end, end - name_end, self._rest)


class MemoText(QPlainTextEdit):
    """Where a memo is written; Ctrl and a press on a link goes there."""

    rested = Signal()
    """The pen rested, or the field was left."""
    placeRequested = Signal(object)
    """The `Place` of a link that was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "memo")
        self.setAccessibleName(tr("Text of the memo"))
        self.setPlaceholderText(tr("What you think, in plain words or in Markdown"))
        self.setTabChangesFocus(True)
        self._links = _Links(self.document())
        self._pause = QTimer(self, singleShot=True, interval=REST)
        self._pause.timeout.connect(self.rested)
        self.textChanged.connect(self._pause.start)

    def set_theme(self, theme: Theme) -> None:
        """Paint links in the colours of a theme."""
        self._links.set_theme(theme)

    def show_text(self, text: str) -> None:
        """Show other words; nobody is told."""
        if self.toPlainText() != text:
            self.setPlainText(text)
        self._pause.stop()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving keeps what was written."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._pause.stop()
            self.rested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter on a link goes there; elsewhere it leaves the field."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._follow(self.textCursor().position()):
                self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ctrl and a press on a link goes there."""
        super().mouseReleaseEvent(event)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._follow(self.cursorForPosition(event.position().toPoint()).position())

    def _follow(self, at: int) -> bool:
        text = self.toPlainText()
        place = memo_links.link_at(text, Positions(text).from_qt(at))
        if place:
            self.placeRequested.emit(place)
        return place is not None


class MemoReading(QTextBrowser):
    """A memo as it is read. Nothing is fetched from anywhere; only links to passages act."""

    placeRequested = Signal(object)
    """The `Place` of a link that was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("The memo as it is read"))
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)

    def show_text(self, text: str, theme: Theme) -> None:
        """Render a memo in the colours and type of a theme."""
        document = self.document()
        document.setDefaultFont(sized_font(READING_SERIF, _PIXELS * theme.ui_scale))
        document.setDocumentMargin(8)
        features = (
            QTextDocument.MarkdownFeature.MarkdownDialectGitHub
            | QTextDocument.MarkdownFeature.MarkdownNoHTML
        )
        document.setMarkdown(memo_links.as_markdown(text), features)
        _loosen(document)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """No picture and no page is ever loaded."""
        return None

    def _follow(self, url: QUrl) -> None:
        place = memo_links.place_of(url.toString())
        if place:
            self.placeRequested.emit(place)


def _loosen(document: QTextDocument) -> None:
    """Some room between paragraphs, and between their lines."""
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    room = QTextBlockFormat()
    room.setBottomMargin(8)
    room.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.mergeBlockFormat(room)
