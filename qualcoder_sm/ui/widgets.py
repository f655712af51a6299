"""Small parts that every pane is made of: labels, buttons, banners, sections."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui import icons

Margins = tuple[int, int, int, int]
_MOST_ROWS = 16  # of a list that opens


def label(text: str, look: str = "", *, wrap: bool = False) -> QLabel:
    """A label in one of the looks of the frame's style."""
    made = QLabel(text)
    made.setProperty("look", look)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if look in ("tag", "warning-tag", "key"):
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if wrap:
        made.setMinimumWidth(1)  # else its words decide how narrow a pane may get
    return made


def key_cap(shortcut: str) -> QLabel:
    """A key as it is drawn beside what it does."""
    return label(key_name(shortcut), "key")


def key_name(shortcut: str) -> str:
    """A shortcut as people read it on their keys: "Ctrl N"."""
    native = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    return spaced(native)


def spaced(keys: str) -> str:
    """Keys pressed together, parted by spaces: "Ctrl+Shift+P" as "Ctrl Shift P"."""
    return re.sub(r"\+(?=.)", " ", keys)


def tool(icon: str, name: str, parent: QWidget | None = None) -> QToolButton:
    """A button that shows an icon only; its name is its tooltip and what is read aloud."""
    made = QToolButton(parent)
    made.setIcon(icons.icon(icon))
    made.setIconSize(QSize(icons.SIZE, icons.SIZE))
    made.setFixedSize(26, 26)
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def link(text: str) -> QPushButton:
    """A button that looks like a link."""
    made = QPushButton(text)
    made.setProperty("link", True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAccessibleName(text)
    return made


def button(text: str, *, primary: bool = False) -> QPushButton:
    """A button; a primary one is what Enter presses."""
    made = QPushButton(text)
    made.setProperty("primary", primary)
    made.setDefault(primary)
    made.setAutoDefault(primary)
    return made


def row(
    *parts: QWidget | QLayout | int, margins: Margins = (0, 0, 0, 0), stretch: int | None = None
) -> QHBoxLayout:
    """Widgets side by side; a number is a gap, 0 a gap that grows.

    `stretch` is the index of the part that takes the room that is left.
    """
    layout = QHBoxLayout()
    _fill(layout, parts, margins, stretch)
    return layout


def column(
    *parts: QWidget | QLayout | int, margins: Margins = (0, 0, 0, 0), stretch: int | None = None
) -> QVBoxLayout:
    """Widgets below each other; as `row`."""
    layout = QVBoxLayout()
    _fill(layout, parts, margins, stretch)
    return layout


def surface(kind: str, edge: str = "") -> QWidget:
    """A plain ground in one of the theme's shades, with a rule at one edge."""
    made = QWidget()
    made.setProperty("surface", kind)
    made.setProperty("edge", edge)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def clear(layout: QBoxLayout) -> None:
    """Drop everything in a layout."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            break
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QBoxLayout):
            clear(inner)


def _fill(
    layout: QBoxLayout,
    parts: Sequence[QWidget | QLayout | int],
    margins: Margins,
    stretch: int | None,
) -> None:
    layout.setContentsMargins(*margins)
    layout.setSpacing(0)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        elif part:
            layout.addSpacing(part)
        else:
            layout.addStretch(1)
    if stretch is not None:
        layout.setStretch(stretch, 1)


class Elided(QLabel):
    """A label of one line that is cut at its end when there is no room; the tooltip has it all.

    One that `keeps` its width gives way after those that do not. A path is cut in its `middle`.
    """

    def __init__(
        self, text: str = "", look: str = "", *, keeps: bool = False, middle: bool = False
    ) -> None:
        super().__init__(text)
        self._cut = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self.setProperty("look", look)
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Maximum if keeps else policy.Ignored, policy.Preferred)

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        hint = super().sizeHint()
        edges = self.contentsMargins()
        words = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(words + edges.left() + edges.right(), hint.height())

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        metrics = QFontMetrics(self.font())
        place = self.contentsRect()
        shown = metrics.elidedText(self.text(), self._cut, place.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(place, self.alignment(), shown)


class Choice(QComboBox):
    """A box to choose from, with a caret in the theme's colour.

    The wheel scrolls what lies under it unless it has the keyboard: passing over changes nothing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(_MOST_ROWS)
        self.setItemDelegate(QStyledItemDelegate(self))  # the one that follows the style sheet

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Choose with the wheel only where the keyboard is."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, then its caret."""
        super().paintEvent(event)
        muted = self.palette().color(icons.Role.PlaceholderText)
        caret = QRectF(self.width() - 22, self.height() / 2 - 6, 12, 12)
        icons.draw(QPainter(self), caret, "caret-down", muted)


class Banner(QFrame):
    """One sentence on top of a pane, with at most two actions, and a way to close it."""

    actionRequested = Signal()
    otherRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = label("", wrap=True)
        self._action = button("")
        self._action.clicked.connect(self.actionRequested)
        self._other = button("")
        self._other.clicked.connect(self.otherRequested)
        self._close = tool("x", tr("Close this message"))
        self._close.clicked.connect(self.hide)
        self._icon = icons.Picture("warning-circle")
        self.setLayout(row(self._icon, 8, self._sentence, 8, self._action, 4, self._other, 4,
                           self._close, margins=(12, 4, 6, 4), stretch=2))  # fmt: skip
        self.hide()

    def show_sentence(
        self, sentence: str, *, kind: str = "danger", action: str = "", other: str = ""
    ) -> None:
        """Show a sentence; `kind` is "danger", "warning", which stays, or "notice", which need not."""
        restyle(self, "banner", "danger" if kind == "danger" else "warning")
        self._sentence.setText(sentence)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._other.setText(other)
        self._other.setVisible(bool(other))
        self._close.setVisible(kind != "warning")
        self.setAccessibleName(sentence)
        self.show()

    def sentence(self) -> str:
        """What is shown."""
        return self._sentence.text()


class Fold(QPushButton):
    """The head of a section; a title too long for the pane is cut at its end."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = ""
        self.set_title(title)
        self.setProperty("fold", True)
        self.setCheckable(True)
        self.setChecked(True)
        self.setMinimumWidth(40)

    def set_title(self, title: str) -> None:
        """Show another title; an ampersand in it is one, and no key."""
        self.title = title
        self.setText(title.replace("&", "&&"))
        self.setAccessibleName(title)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button with as much of its title as fits."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        right = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.title, right, self.width() - 2)
        option.text = shown.replace("&", "&&")  # type: ignore[attr-defined]  # not in the stubs
        self.setToolTip(self.title if shown != self.title else "")
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


class Section(QWidget):
    """A part of a pane with a head that folds it."""

    def __init__(self, title: str, note: str = "") -> None:
        super().__init__()
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._fold = Fold(title)
        self._fold.toggled.connect(self._show_body)
        self.note = label(note, "muted")
        self.head = row(self._fold, 0, self.note)
        self.body = QWidget()
        self.content = column()
        self.content.setSpacing(4)
        self.body.setLayout(self.content)
        self.setLayout(column(self.head, 6, self.body, margins=(15, 12, 14, 14)))

    def set_title(self, title: str) -> None:
        """Call the section something else."""
        self._fold.set_title(title)

    def _show_body(self, shown: bool) -> None:
        self.body.setVisible(shown)


class Segmented(QWidget):
    """A row of joined buttons, of which one is pressed."""

    chosen = Signal(object)
    """The value of the button that was pressed."""

    def __init__(self, name: str, choices: Sequence[tuple[str, object]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # its corners are drawn so
        self._values: dict[QToolButton, object] = {}
        for place, (text, value) in enumerate(choices):
            self._values[self._button(text, place, len(choices))] = value
        self.setLayout(row(*self._values))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_value(self, value: object) -> None:
        """Press the button of this value, without telling anybody."""
        for made, its_value in self._values.items():
            made.setChecked(its_value == value)

    def _button(self, text: str, place: int, many: int) -> QToolButton:
        made = QToolButton()
        made.setText(text)
        made.setCheckable(True)
        edge = {0: "first", many - 1: "last"}.get(place, "true")
        made.setProperty("segment", edge)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(self._press)
        return made

    def _press(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, QToolButton):
            self.set_value(self._values[pressed])
            self.chosen.emit(self._values[pressed])
