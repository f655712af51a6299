"""The words of a memo: to write, and as they will be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from qualcoder_sm.project import links_in_text
from qualcoder_sm.ui.pages import memo_links
from qualcoder_sm.ui.positions import Positions
from qualcoder_sm.ui.theme import READING_SERIF, Theme, sized_font

if TYPE_CHECKING:
    from qualcoder_sm.ui.pages.memo_links import PassageLinks

REST = 1500
_PIXELS = 16


class _Links(QSyntaxHighlighter):
    """Links to passages stand out."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._look = QTextCharFormat()

    def set_theme(self, theme: Theme) -> None:
        """In the colours of a theme."""
        self._look.setForeground(theme.color.accent)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """One paragraph."""
        positions = Positions(text)
        for link in links_in_text.links(text):
            start, end = positions.to_qt(link.at), positions.to_qt(link.until)
            self.setFormat(start, end - start, self._look)


class MemoText(QPlainTextEdit):
    """Where a memo is written; Ctrl and a press on a link goes there."""

    rested = Signal()
    """The pen rested."""
    left = Signal()
    """The field was left."""
    placeRequested = Signal(object)
    """The `Place` of a link that was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "memo")
        self.setAccessibleName(tr("Text of the memo"))
        self.setPlaceholderText(tr("What you think, in plain words or in Markdown"))
        self.setTabChangesFocus(True)
        self.links: PassageLinks | None = None
        self._highlighter = _Links(self.document())
        self._pause = QTimer(self, singleShot=True, interval=REST)
        self._pause.timeout.connect(self.rested)
        self.textChanged.connect(self._pause.start)

    def set_theme(self, theme: Theme) -> None:
        """Paint links in the colours of a theme."""
        self._highlighter.set_theme(theme)

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
            self.left.emit()

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
        place = self.links and self.links.place_at(text, Positions(text).from_qt(at))
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
        self.links: PassageLinks | None = None
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
        words = self.links.as_markdown(text) if self.links else text
        document.setMarkdown(words, features)
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
