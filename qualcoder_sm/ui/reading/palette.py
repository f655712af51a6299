"""The code palette: type a few letters, see the definition, apply."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Code
from qualcoder_sm.ui.reading.palette_filter import Entry, entries_of, matches
from qualcoder_sm.ui.reading.palette_list import ROW, MatchDelegate, MatchModel
from qualcoder_sm.ui.reading.selection_bar import KeyCap
from qualcoder_sm.ui.theme import LIGHT, Theme

WIDTH, HEIGHT, LEAST_HEIGHT, APART = 720, 420, 180, 8
FRAME, FEWEST_ROWS = 96, 6
LIST_SHARE, PREVIEW_SHARE = 12, 13
MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CodePalette(QFrame):
    """A list of codes to choose from, opened near a selection but never over it.

    Enter emits and closes, Ctrl+Enter emits and stays, Esc closes.
    """

    chosen = Signal(object)
    """Guid of a code."""
    created = Signal(object)
    """The name typed, for a new emergent code."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None, theme: Theme = LIGHT) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._entries: list[Entry] = []
        self._recents: Sequence[str] = ()
        self._theme = theme
        self.setAccessibleName(tr("Choose a code"))
        self._field = QLineEdit(placeholderText=tr("Code name, or words of its definition"))
        self._field.setAccessibleName(tr("Find a code"))
        self._field.setFrame(False)
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._filter)
        self._count = QLabel()
        self._model = MatchModel(self)
        self._delegate = MatchDelegate(self)
        self._list = QListView()
        self._preview = QLabel()
        self._build()
        self.set_theme(theme)

    def _build(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 16, 8)
        head.addWidget(self._field)
        head.addWidget(self._count)
        rows.addLayout(head)
        rows.addWidget(_rule())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._built_list(), LIST_SHARE)
        middle.addWidget(_rule(upright=True))
        middle.addWidget(self._built_preview(), PREVIEW_SHARE)
        rows.addLayout(middle, 1)
        rows.addWidget(_rule())
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(14, 6, 14, 6)
        rows.addLayout(self._foot)

    def _built_list(self) -> QListView:
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._delegate)
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(tr("Codes that fit"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._clicked)
        self._list.selectionModel().currentChanged.connect(self._show_preview)
        return self._list

    def _built_preview(self) -> QScrollArea:
        self._preview.setWordWrap(True)
        self._preview.setTextFormat(Qt.TextFormat.RichText)
        self._preview.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._preview.setContentsMargins(18, 12, 16, 12)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(self._preview)
        return area

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours and sizes."""
        self._theme = self._delegate.theme = theme
        self._field.setFont(theme.font(15))
        self._count.setFont(theme.font(12))
        self._preview.setFont(theme.font(13))
        self.setStyleSheet(_rules(theme))
        self._fill_foot()

    def _fill_foot(self) -> None:
        while (item := self._foot.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        keys = (
            (tr("Up"), ""),
            (tr("Down"), tr("choose")),
            (tr("Enter"), tr("apply and close")),
            (tr("Ctrl Enter"), tr("apply and stay")),
        )
        for key, meaning in keys:
            self._add_key(key, meaning)
        self._foot.addStretch(1)
        self._add_key(tr("Esc"), tr("close"))

    def _add_key(self, key: str, meaning: str) -> None:
        self._foot.addWidget(KeyCap(key, self._theme, self))
        if meaning:
            words = QLabel(meaning)
            words.setFont(self._theme.font(12))
            words.setContentsMargins(4, 0, 10, 0)
            self._foot.addWidget(words)

    # Opening and closing

    def open_for(
        self, codes: Sequence[Code], recents: Sequence[str], selection: QRect, bounds: QRect
    ) -> None:
        """Offer these codes, the recently used (guids, latest first) on top.

        `selection` and `bounds` are pixels of the screen: what must stay in sight, and the
        area to stay within.
        """
        self._entries = entries_of(codes)
        self._recents = recents
        wanted = QSize(WIDTH, min(HEIGHT, FRAME + ROW * max(FEWEST_ROWS, len(self._entries) + 1)))
        self.setGeometry(placed(wanted, selection, bounds))
        self._field.clear()
        self._filter("")
        self.show()
        self._field.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that it closed."""
        super().hideEvent(event)
        self.closed.emit()

    # Choosing

    def _filter(self, typed: str) -> None:
        found = matches(self._entries, typed, self._recents)
        name = " ".join(typed.split())
        taken = any(match.entry.code.name == name for match in found)
        self._model.show(found, "" if taken else name)
        self._list.setCurrentIndex(self._model.index(0, 0))
        every = ntr("{n} code", "{n} codes", len(self._entries))
        words = tr("{some} of {every}", some=len(found), every=every) if name else every
        self._count.setText(words)

    def _show_preview(self, current: QModelIndex, before: QModelIndex) -> None:
        match = self._model.match(current.row())
        if match is None:
            self._preview.setText(self._nothing_found(current))
            return
        self._preview.setText(preview_of(match.entry.code, self._theme))

    def _nothing_found(self, current: QModelIndex) -> str:
        name = self._model.new_name()
        if not current.isValid() or not name:
            return ""
        if self._model.rowCount() == 1:
            return escape(tr("No code matches “{name}”. Enter makes it.", name=name))
        return escape(tr("A code that comes from the data. You can define it later."))

    def _clicked(self, index: QModelIndex) -> None:
        self._choose(index.row(), stay=False)

    def _choose(self, row: int, *, stay: bool) -> None:
        match, name = self._model.match(row), self._model.new_name()
        if match is None and not name:
            return
        if not stay:
            self.hide()
        if match is not None:
            self.chosen.emit(match.entry.code.guid)
        else:
            self.created.emit(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field that belong to the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in MOVES:
            self._move(key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            stay = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._choose(self._list.currentIndex().row(), stay=stay)
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def _move(self, key: Qt.Key) -> None:
        page = max(1, self._list.viewport().height() // ROW - 1)
        steps: dict[Qt.Key, int] = dict(zip(MOVES, (-1, 1, -page, page), strict=True))
        last = self._model.rowCount() - 1
        row = min(max(0, self._list.currentIndex().row() + steps[key]), last)
        self._list.setCurrentIndex(self._model.index(row, 0))


def placed(size: QSize, selection: QRect, bounds: QRect) -> QRect:
    """Where a window of this size stands near a selection without covering it.

    Below if there is room, else above, else on the roomier side and lower than wanted.
    """
    width = min(size.width(), bounds.width() - 2 * APART)
    x = min(selection.left(), bounds.right() - width - APART)
    below = bounds.bottom() - selection.bottom() - 2 * APART
    above = selection.top() - bounds.top() - 2 * APART
    room = below if below >= min(size.height(), above) else above
    height = max(LEAST_HEIGHT, min(size.height(), room))
    y = selection.bottom() + APART if room == below else selection.top() - APART - height
    return QRect(QPoint(max(bounds.left() + APART, x), y), QSize(width, height))


def preview_of(code: Code, theme: Theme) -> str:
    """What the codebook says of a code, as rich text."""
    square = f'<span style="color:{theme.ink(code.color).name()}">■</span>'
    parts = [f"<p>{square}&nbsp; <b>{escape(code.name)}</b></p>"]
    if code.brief_definition:
        parts.append(f"<p>{escape(code.brief_definition)}</p>")
    labelled = (
        (tr("Definition"), code.definition),
        (tr("Include"), code.include),
        (tr("Exclude"), code.exclude),
        (tr("Example"), code.example),
    )
    small = f'<span style="color:{theme.hex.muted};font-size:{round(12 * theme.ui_scale)}px">'
    parts += [
        f"<p>{small}{escape(label)}</span><br>{escape(words)}</p>"
        for label, words in labelled
        if words
    ]
    if len(parts) == 1:
        parts.append(f"<p>{small}{escape(tr('Not defined yet.'))}</span></p>")
    return "".join(parts)


def _rule(*, upright: bool = False) -> QFrame:
    rule = QFrame()
    rule.setObjectName("rule")
    if upright:
        rule.setFixedWidth(1)
    else:
        rule.setFixedHeight(1)
    return rule


def _rules(theme: Theme) -> str:
    colors = theme.hex
    return (
        f"CodePalette {{ background: {colors.raised}; border: 1px solid {colors.control}; }}"
        f"#rule {{ background: {colors.border}; border: 0; }}"
        f"QLabel {{ color: {colors.secondary}; background: transparent; }}"
        f"QLineEdit, QLineEdit:focus {{ border: 0; background: {colors.raised}; padding: 4px; }}"
        f"QListView, QListView:focus {{ border: 0; background: {colors.raised}; padding-top: 6px; }}"
        f"QScrollArea, QScrollArea > QWidget > QWidget {{ background: {colors.raised}; }}"
    )
