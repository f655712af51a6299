"""Split a code: its passages go to codes below it, by key or by dragging, as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QSplitter, QWidget

from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.colours import child_colour
from qualcoder_sm.project.filters import Filter
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.dialogs.split_children import Children
from qualcoder_sm.ui.dialogs.split_list import Child, SplitList
from qualcoder_sm.ui.geometry import resize_within_screen
from qualcoder_sm.ui.pages.widgets.coded_text import CodedText, Mark, Words
from qualcoder_sm.ui.pages.widgets.latest import Latest, on_copy
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.pages.widgets.states import States
from qualcoder_sm.ui.reason import ReasonField
from qualcoder_sm.ui.widgets import Banner, button, column, label, row, surface

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from qualcoder_sm.model import Change, Segment
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.ui.context import Context

_LONGEST = 700


class SplitDialog(QDialog):
    """Passages at the left, the codes they can go to at the right."""

    openRequested = Signal(object)
    """`Place` of a passage."""

    def __init__(self, context: Context, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._code = context.project.codebook.get(code)
        self.list, self.children_ = SplitList(context.theme), Children(context.theme.theme)
        self.new, self.banner = QLineEdit(), Banner()
        self.whole = CodedText(context.theme, tr("The whole passage"))
        self.count, self.reason = label("", "strong"), ReasonField()
        self.go, self.leave = button("", primary=True), button(tr("Cancel"))
        self.go.setAutoDefault(False)  # Enter belongs to the fields and the list
        self.go.setDefault(False)
        self._reading = Latest(context.tasks, self)
        self._done = False
        self._build()
        self._connect()
        self._fill()

    def _build(self) -> None:
        self.setWindowTitle(tr("Split {code}", code=self._code.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within_screen(self, 1040, 680)
        self.new.setPlaceholderText(tr("Name of a new code, then Enter"))
        self.new.setAccessibleName(tr("Name of a new code below {code}", code=self._code.name))
        self.whole.setFixedHeight(110)
        below = surface("panel", "top")
        below.setLayout(column(self.whole, margins=(16, 10, 16, 6)))
        passages = surface("paper")
        head = row(self.count, 0, margins=(16, 10, 16, 8))
        passages.setLayout(stretched(column(head, self.list, below), 1))
        self.states = States(passages, self._context.tasks)
        side = surface("panel")
        how = label(tr("Select passages, then press a number or drag them here. 0 lets them stay."),
                    "muted", wrap=True)  # fmt: skip
        title = label(tr("Codes below {code}", code=self._code.name), "head")
        side.setLayout(stretched(column(title, 4, how, 10, self.children_, 8, self.new,
                                        margins=(16, 12, 16, 16)), 4))  # fmt: skip
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.states)
        split.addWidget(side)
        split.setStretchFactor(0, 1)
        split.setSizes([720, 320])
        foot = surface("window", "top")
        kept = label(tr("One step in the audit trail. It can be undone as a whole."), "muted")
        foot.setLayout(row(kept, 16, self.reason, 16, self.leave, 8, self.go,
                           margins=(20, 10, 20, 10), stretch=2))  # fmt: skip
        self.setLayout(stretched(column(self.banner, split, foot), 1))

    def _connect(self) -> None:
        self._reading.ready.connect(self._show)
        self._reading.failed.connect(self._refuse)
        self._reading.slow.connect(self._wait)
        self.states.cancelled.connect(self.close)
        self.list.digitPressed.connect(self._send_by_key)
        self.list.openRequested.connect(self.openRequested)
        self.list.currentMoved.connect(self._show_whole)
        self.list.passages.assigned.connect(self._show_counts)
        self.children_.wanted.connect(self.send)
        self.new.returnPressed.connect(self._add)
        self.leave.clicked.connect(self.close)
        self.go.clicked.connect(self.split)
        self._context.bridge.changed.connect(self._follow)

    def _fill(self) -> None:
        project = self._context.project
        for code in project.codebook.below(self._code.guid):
            if code.codable:
                self.children_.add_child(Child(code.guid, code.name, code.color))
        self._read()
        self._show_counts()

    def _read(self) -> None:
        project = self._context.project
        which = Filter(codes=(self._code.guid,), coders=(project.coder.guid,))
        self._reading.ask(on_copy, project.path, _segments, which)

    def _follow(self, change: Change) -> None:
        if change.touches("codings", "sources") and not self._done:
            self._read()

    def send(self, child: Child | None) -> None:
        """Send the selected passages to a code, or let them stay; go on to the next one."""
        rows = self.list.selected_rows()
        self.list.passages.send(rows, child)
        after = rows[-1] + 1 if rows else 0
        if rows and after < self.list.passages.rowCount():
            self.list.setCurrentIndex(self.list.passages.index(after, 0))

    def split(self) -> None:
        """Take the step."""
        self._done = True
        try:
            with self._context.project.because(self.reason.text()):
                self._context.project.codebook.split(
                    self._code.guid, dict(self.list.passages.assignments)
                )
        except QualCoderError as error:
            self._done = False
            self.banner.show_sentence(str(error))
            return
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before what was sorted is lost."""
        many = len(self.list.passages.assignments)
        question = ntr("Leave without splitting? {n} passage was sorted.",
                       "Leave without splitting? {n} passages were sorted.", many)  # fmt: skip
        if many and not self._done:
            leave, go_on = tr("Leave"), tr("Keep sorting")
            if not messages.confirm(self, question, leave, go_on):
                event.ignore()
                return
        self._reading.drop()
        event.accept()  # the dialog’s own way would ask `reject`, which asks this

    def reject(self) -> None:
        """Escape is Cancel, which asks."""
        self.close()

    def _send_by_key(self, digit: int) -> None:
        child = self.children_.numbered(digit)
        if child or digit == 0:
            self.send(child)

    def _add(self) -> None:
        name = " ".join(self.new.text().split())
        if not name:
            return
        child = self.children_.named(name)
        if child is None:
            color = child_colour(self._code.color, self.children_.count())
            child = Child(name, name, color)
            self.children_.add_child(child)
        self.new.clear()
        self.send(child)
        self._show_counts()
        self.list.setFocus()

    def _show(self, segments: list[Segment]) -> None:
        self.list.passages.show_segments(segments)
        if not segments:
            self.states.show_empty(
                tr("You have no passage of {code}.", code=self._code.name),
                tr("Only your own codings can be sent to other codes."),
            )
            return
        self.states.show_content()
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.passages.index(0, 0))
            self.list.setFocus()

    def _show_counts(self) -> None:
        passages = self.list.passages
        counts, total = passages.count(), passages.rowCount()
        self.children_.show_counts(counts)
        sent = sum(counts.values())
        all_of_them = ntr("{n} passage", "{n} passages", total)
        self.count.setText(
            tr("{all}, {n} sorted", all=all_of_them, n=f"{sent:,}") if sent else all_of_them
        )
        codes = ntr("{n} code", "{n} codes", len(counts))
        many = ntr("Send {n} passage to {codes}", "Send {n} passages to {codes}", sent, codes=codes)
        self.go.setText(many if sent else tr("Send passages"))
        self.go.setEnabled(sent > 0 and not self._context.project.read_only)

    def _show_whole(self) -> None:
        at = self.list.currentIndex()
        if not at.isValid():
            self.whole.show_words()
            return
        text = self.list.passages.segment(at.row()).text
        text = text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"
        self.whole.show_words(Words(text, (Mark(0, len(text), self._code.color),)))

    def _wait(self) -> None:
        self.states.show_loading(tr("Reading the passages …"))

    def _refuse(self, error: QualCoderError) -> None:
        self.states.show_empty(str(error))


def _segments(project: Project, which: Filter) -> list[Segment]:
    return list(project.segments.of(which))
