"""One memo: title, kind, what it is about, its words; to write, or as it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QStackedWidget, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.project.notes import KINDS
from qualcoder_sm.ui.pages import memo_subjects as about
from qualcoder_sm.ui.pages.memo_store import ON_CODING
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.pages.widgets.memo_text import MemoReading, MemoText
from qualcoder_sm.ui.widgets import (
    Choice,
    Elided,
    Segmented,
    button,
    column,
    label,
    link,
    row,
    surface,
    tool,
)

if TYPE_CHECKING:
    from qualcoder_sm.ui.pages.memo_links import PassageLinks
    from qualcoder_sm.ui.pages.memo_subjects import Subject, Subjects
    from qualcoder_sm.ui.theme import Theme

WRITE, READ = False, True
_WIDEST = 900


@dataclass(frozen=True, slots=True)
class Written:
    """A memo as it stands in the editor."""

    title: str = ""
    kind: str = KINDS[0]
    text: str = ""
    target_table: str = ""
    target: str = ""


class MemoEditor(QWidget):
    """Tells of what was written when a field is left, and while the pen rests. There is no Save."""

    written = Signal(object)
    """`Written`: other words than the editor was given; a field was left."""
    typed = Signal(object)
    """`Written`: what stands here while the pen rests."""
    linkRequested = Signal()
    """A link to the selected passage is wanted at the caret."""
    subjectRequested = Signal(object)
    """The `Subject` shall be seen."""
    deleteRequested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._given = Written()
        self._on_coding = False
        self._subjects: Subjects | None = None
        self.title = QLineEdit()
        self.kind, self.table, self.target = Choice(), Choice(), Choice()
        self._target_words = QLineEdit()
        self.go = link(tr("Go there"))
        self.mode = Segmented(
            tr("Write or read the memo"), [(tr("Write"), WRITE), (tr("Read"), READ)]
        )
        self.link = button(tr("Link to the selected passage"))
        self.delete = tool("trash", tr("Delete this memo"))
        self.text, self.reading = MemoText(), MemoReading()
        self.foot = Elided("", "muted")
        self._words = QStackedWidget()
        self._theme: Theme | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        for kind in KINDS:
            self.kind.addItem(tr(kind), kind)
        for table in about.TABLES:
            self.table.addItem(about.table_words(table), table)
        self.target.setEditable(True)
        self.target.setLineEdit(self._target_words)
        self._target_words.setStyleSheet("border: 0; padding: 0; background: transparent")
        self._name_fields()
        self.target.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        for box in (self.kind, self.table, self.target):
            box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(8)
        self.table.setMinimumContentsLength(12)
        self.target.setMinimumContentsLength(10)
        self._words.addWidget(self.text)
        self._words.addWidget(self.reading)
        self.mode.set_value(WRITE)
        head = stretched(row(self.title, 8, self.delete), 0)
        facts = stretched(row(label(tr("Kind"), "muted"), 8, self.kind, 16,
                              label(tr("About"), "muted"), 8, self.table, 8, self.target, 4,
                              self.go, 0), 8)  # fmt: skip
        acts = row(self.mode, 12, self.link, 0)
        page = QWidget()
        page.setLayout(
            stretched(column(head, 12, facts, 12, acts, 10, self._words, 6, self.foot), 6)
        )
        page.setMaximumWidth(_WIDEST)
        body = surface("paper")
        body.setLayout(stretched(row(page, margins=(20, 14, 20, 16)), 0))
        self.setLayout(column(body))

    def _name_fields(self) -> None:
        self.title.setPlaceholderText(tr("Title of the memo"))
        self.title.setAccessibleName(tr("Title of the memo"))
        self.kind.setAccessibleName(tr("Kind of memo"))
        self.table.setAccessibleName(tr("What kind of thing the memo is about"))
        self.target.setAccessibleName(tr("What the memo is about"))
        completer = QCompleter(self.target.model(), self.target)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.target.setCompleter(completer)

    def _connect(self) -> None:
        self.title.editingFinished.connect(self.commit)
        self.kind.activated.connect(self.commit)
        self.table.activated.connect(self._choose_table)
        self.target.activated.connect(self.commit)
        self.text.left.connect(self.commit)
        self.text.rested.connect(self._rest)
        self.mode.chosen.connect(self.set_mode)
        self.link.clicked.connect(self.linkRequested)
        self.delete.clicked.connect(self.deleteRequested)
        self.go.clicked.connect(self._go)

    def show_memo(self, written: Written, subjects: Subjects, foot: str) -> None:
        """Show a memo; what is being written here is told first."""
        self.commit()
        self._subjects = subjects
        if self.title.text() != written.title:
            self.title.setText(written.title)
        self._on_coding = written.kind == ON_CODING
        self.kind.setCurrentIndex(-1 if self._on_coding else self._kind_row(written.kind))
        self.table.setCurrentIndex(self.table.findData(written.target_table))
        self._fill_targets(written)
        self.text.show_text(written.text)
        self._given = self.current()
        self.foot.setText(foot)
        self._render()

    def set_mode(self, mode: bool) -> None:
        """Write (False) or read (True)."""
        self.commit()
        self.mode.set_value(mode)
        self._words.setCurrentIndex(int(mode))
        self.link.setVisible(mode is WRITE)
        self._render()

    def set_editable(self, editable: bool, reason: str = "") -> None:
        """Whether the memo may be changed; the reason is the tooltip of what may not."""
        fixed = tr("This memo belongs to a coding, and goes with it.") if self._on_coding else ""
        self.text.setReadOnly(not editable)
        self.text.setToolTip(reason)
        self.title.setReadOnly(not editable or self._on_coding)
        self.title.setToolTip(reason or fixed)
        for part in (self.kind, self.table, self.target):
            part.setEnabled(editable and not self._on_coding)
            part.setToolTip(reason or fixed)
        for part in (self.link, self.delete):
            part.setEnabled(editable)
            part.setToolTip(reason or (part.accessibleName() if part is self.delete else ""))

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self._theme = theme
        self.text.set_theme(theme)
        self._render()

    def set_links(self, links: PassageLinks) -> None:
        """Let links to passages be found."""
        self.text.links = self.reading.links = links

    def insert(self, words: str) -> None:
        """Put words where the caret is."""
        self.text.insertPlainText(words)
        self.text.setFocus()
        self.commit()

    def current(self) -> Written:
        """What stands in the fields."""
        table = str(self.table.currentData() or "")
        target = str(self.target.currentData() or "") if table else ""
        return Written(
            self.title.text().strip(),
            ON_CODING if self._on_coding else str(self.kind.currentData()),
            self.text.toPlainText(),
            table if target else "",
            target,
        )

    def has_news(self) -> bool:
        """Whether something stands here that nobody was told of."""
        return self.current() != self._given

    def commit(self) -> None:
        """Tell what is new, if there is anything."""
        if self._subjects is not None and self.has_news():
            self._given = self.current()
            self.written.emit(self._given)

    def _rest(self) -> None:
        if self._subjects is not None:
            self.typed.emit(self.current())

    def subject(self) -> Subject | None:
        """What the memo is about."""
        now = self.current()
        if self._subjects is None or not now.target:
            return None
        return self._subjects.subject(now.target_table, now.target)

    def _kind_row(self, kind: str) -> int:
        if self.kind.findData(kind) < 0:  # one that another version or a file brought
            self.kind.addItem(kind, kind)
        return self.kind.findData(kind)

    def _choose_table(self) -> None:
        self._fill_targets(self._given)
        if self.table.currentData() in (about.FREE, about.PROJECT):
            self.commit()
        else:
            self.target.setFocus()
            self._target_words.selectAll()

    def _fill_targets(self, wanted: Written) -> None:
        table = str(self.table.currentData() or "")
        self.target.clear()
        subjects = self._subjects
        if subjects is None or table == about.FREE:
            self._show_target(False)
            return
        for guid, name in subjects.choices(table).items():
            self.target.addItem(name, guid)
        if table == wanted.target_table and self.target.findData(wanted.target) < 0:
            self.target.addItem(subjects.subject(table, wanted.target).name, wanted.target)
        self.target.setCurrentIndex(self.target.findData(wanted.target))
        if table == about.PROJECT:
            self.target.setCurrentIndex(0)
        if self.target.currentIndex() < 0:
            self.target.setEditText("")
        self._target_words.setCursorPosition(0)
        self._target_words.setPlaceholderText(_how(table, self.target.count()))
        self._show_target(table != about.PROJECT)

    def _show_target(self, shown: bool) -> None:
        self.target.setVisible(shown)
        subject = self.subject()
        place = self._subjects.place(subject) if self._subjects and subject else None
        self.go.setVisible(shown and place is not None)

    def _render(self) -> None:
        if self._theme is not None and self._words.currentIndex():
            self.reading.show_text(self.text.toPlainText(), self._theme)

    def _go(self) -> None:
        subject = self.subject()
        if subject:
            self.subjectRequested.emit(subject)


def _how(table: str, many: int) -> str:
    if many:
        return tr("Type a part of its name")
    if table == about.CODING:
        return tr("Press M on it in the text")
    return tr("There is none yet")
