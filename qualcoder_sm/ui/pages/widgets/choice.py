"""A box that reads like a part of a sentence: a caption, what is chosen, and a list to choose from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QIcon,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QLineEdit, QListView, QSizePolicy, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui import icons
from qualcoder_sm.ui.widgets import column

_VALUE = Qt.ItemDataRole.UserRole
_FILTER_FROM = 13
_SHOWN_ROWS = 14
_PAD = 10
_MOST_WIDTH, _LEAST_WIDTH = 340, 170
_GAP = 2
Role = QPalette.ColorRole


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose; `color` is a code's, `depth` how far it is set in."""

    value: object
    text: str
    color: str = ""
    depth: int = 0


class ChoiceBox(QAbstractButton):
    """One of the `presets`, or any number of the `items`.

    The value is that of a preset, or a tuple of the values of the items chosen. `counted`
    says how many items are chosen when they are too many to name.
    """

    chosen = Signal(object)
    """The value, when the researcher chose another one."""

    def __init__(self, caption: str, counted: Callable[[int], str] = str) -> None:
        super().__init__()
        self._caption = caption
        self._counted = counted
        self._presets: Sequence[Option] = ()
        self._items: Sequence[Option] = ()
        self._value: object = None
        self._popup: _Popup | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open)

    def set_options(self, presets: Sequence[Option], items: Sequence[Option] = ()) -> None:
        """Offer these; a value that is no longer offered becomes the first preset."""
        self._presets, self._items = presets, items
        self.set_value(self._value)

    @property
    def value(self) -> object:
        """What is chosen."""
        return self._value

    def set_value(self, value: object) -> None:
        """Choose without telling anybody."""
        self._value = self._offered(value)
        self.setToolTip(f"{self._caption}: {self.text_of_value()}")
        self.setAccessibleName(f"{self._caption}: {self.text_of_value()}")
        self.updateGeometry()
        self.update()

    def choose(self, value: object) -> None:
        """Choose as the researcher would."""
        before = self._value
        self.set_value(value)
        if self._value != before:
            self.chosen.emit(self._value)

    def text_of_value(self) -> str:
        """What is chosen, in words."""
        for preset in self._presets:
            if preset.value == self._value:
                return preset.text
        names = [item.text for item in self._items if self.has(item.value)]
        return ", ".join(names) if len(names) < 3 else self._counted(len(names))

    def has(self, item: object) -> bool:
        """Whether an item is among those chosen."""
        return isinstance(self._value, tuple) and item in self._value

    def toggle(self, item: object) -> None:
        """Choose an item too, or no longer."""
        now = [one.value for one in self._items if self.has(one.value) != (one.value == item)]
        self.choose(tuple(now))

    def open(self) -> None:
        """Show the list."""
        self._popup = _Popup(self, self._presets, self._items)
        self._popup.open_below(self)

    def options(self) -> list[str]:
        """What is offered, in words."""
        return [option.text for option in (*self._presets, *self._items)]

    def sizeHint(self) -> QSize:
        """As wide as its words, within reason."""
        words = self.fontMetrics().horizontalAdvance(f"{self._caption}  {self.text_of_value()}")
        return QSize(min(words + 2 * _PAD + 26, _MOST_WIDTH), self.fontMetrics().height() + 11)

    def minimumSizeHint(self) -> QSize:
        """The value without its caption, within reason."""
        width = self.fontMetrics().horizontalAdvance(self.text_of_value()) + 2 * _PAD + 22
        return QSize(min(width, _LEAST_WIDTH), self.sizeHint().height())

    def shows_caption(self) -> bool:
        """Whether there is room for the caption: it gives way to the value."""
        return self.width() >= self.sizeHint().width() - 4

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrow down open the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Caption quiet, value in the colour of text, a caret."""
        painter, palette = QPainter(self), self.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        left = _PAD
        if self.shows_caption():
            left += self.fontMetrics().horizontalAdvance(self._caption) + 6
            painter.setPen(palette.color(Role.PlaceholderText))
            caption = self.rect().adjusted(_PAD, 0, 0, 0)
            painter.drawText(caption, Qt.AlignmentFlag.AlignVCenter, self._caption)
        painter.setPen(palette.color(Role.Text if self.isEnabled() else Role.PlaceholderText))
        inside = self.rect().adjusted(left, 0, -_PAD - 16, 0)
        shown = QFontMetrics(self.font()).elidedText(
            self.text_of_value(), Qt.TextElideMode.ElideRight, inside.width())  # fmt: skip
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, shown)
        caret = QRectF(self.width() - _PAD - 11, self.height() / 2 - 6, 12, 12)
        icons.draw(painter, caret, "caret-down", palette.color(Role.PlaceholderText))

    def _paint_ground(self, painter: QPainter) -> None:
        palette = self.palette()
        width = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(palette.color(Role.Accent if self.hasFocus() else Role.Dark), width))
        painter.setBrush(palette.color(Role.Midlight if self.underMouse() else Role.Button))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), 6, 6
        )

    def enterEvent(self, event: QEvent) -> None:  # type: ignore[override]  # a QEnterEvent
        """Show that it can be pressed."""
        self.update()
        super().enterEvent(event)  # type: ignore[arg-type]

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        self.update()
        super().leaveEvent(event)

    def _offered(self, value: object) -> object:
        if any(preset.value == value for preset in self._presets):
            return value
        if isinstance(value, tuple):
            kept = tuple(item.value for item in self._items if item.value in value)
            if kept:
                return kept
        return self._presets[0].value if self._presets else ()


class _Popup(QFrame):
    """The list, with a filter where it is long."""

    def __init__(self, box: ChoiceBox, presets: Sequence[Option], items: Sequence[Option]) -> None:
        super().__init__(box, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pop", True)
        self._box = box
        self._presets = len(presets)
        self._model = QStandardItemModel(self)
        for option in (*presets, *items):
            self._model.appendRow(_item(option))
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self._model)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._list = QListView()
        self._filter = QLineEdit()
        self._build(len(presets) + len(items))
        self._mark()

    def _build(self, many: int) -> None:
        self._list.setModel(self._proxy)
        self._list.setProperty("pop", True)
        self._list.setUniformItemSizes(True)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setAccessibleName(self._box.accessibleName())
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._pick)
        self._list.installEventFilter(self)
        self._filter.setPlaceholderText(tr("Filter by name"))
        self._filter.setAccessibleName(tr("Filter by name"))
        self._filter.textChanged.connect(self._proxy.setFilterFixedString)
        self._filter.installEventFilter(self)
        self.setLayout(column(self._filter, self._list, margins=(6, 6, 6, 6)))
        self._filter.setVisible(many >= _FILTER_FROM)  # in the popup: alone it would be a window

    def open_below(self, box: QWidget) -> None:
        """Open under the box, or above it where there is more room; the current choice in sight."""
        top, screen = box.mapToGlobal(QPoint(0, 0)), box.screen().availableGeometry()
        under = QPoint(top.x(), top.y() + box.height() + _GAP)
        room_below, room_above = screen.bottom() - under.y(), top.y() - _GAP - screen.top()
        self._size_list(max(room_below, room_above))
        at = under if self.height() <= room_below or room_below >= room_above else QPoint(
            top.x(), top.y() - _GAP - self.height())  # fmt: skip
        rightmost = screen.right() - self.width()
        self.move(max(screen.left(), min(at.x(), rightmost)), at.y())
        self.show()
        self._list.setFocus()
        for at in range(self._proxy.rowCount()):
            index = self._proxy.index(at, 0)
            if index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value:
                self._list.setCurrentIndex(index)
                return
        self._list.setCurrentIndex(self._proxy.index(0, 0))

    def _size_list(self, room: int) -> None:
        """As high as its rows, within the room there is; rows are measured as they are painted."""
        self._list.ensurePolished()
        row = max(24, self._list.sizeHintForRow(0))
        width = max(self._box.width(), min(460, self._list.sizeHintForColumn(0) + 48))
        self._list.setFixedSize(width, 0)
        self.resize(self.sizeHint())
        rows = row * min(self._model.rowCount(), _SHOWN_ROWS) + 2 * self._list.frameWidth()
        self._list.setFixedHeight(min(rows, max(row, room - self.height())))
        self.resize(self.sizeHint())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and the space bar choose; the arrow down goes from the filter to the list."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if watched is self._filter and event.key() == Qt.Key.Key_Down:
            self._list.setFocus()
            return True
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self._list and (enter or event.key() == Qt.Key.Key_Space):
            self._pick(self._list.currentIndex())
            return True
        return super().eventFilter(watched, event)

    def _pick(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        row = self._proxy.mapToSource(index).row()
        value = index.data(_VALUE)
        if row < self._presets:
            self._box.choose(value)
            self.close()
            return
        self._box.toggle(value)
        self._mark()

    def _mark(self) -> None:
        for at in range(self._model.rowCount()):
            item = self._model.item(at)
            value = item.data(_VALUE)
            on = self._box.value == value if at < self._presets else self._box.has(value)
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


def _item(option: Option) -> QStandardItem:
    item = QStandardItem("      " * option.depth + option.text)
    item.setData(option.value, _VALUE)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    if option.color:
        item.setIcon(_chip(option.color))
    return item


def _chip(color: str) -> QIcon:
    pixmap = QPixmap(12, 12)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(color))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(0.5, 0.5, 11, 11), 3, 3)
    painter.end()
    return QIcon(pixmap)


def bold(font: QFont) -> QFont:
    """The same font, 600."""
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold)
    return heavy
