"""Correct the text: codings stay on their words, and what cannot is listed for review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QSplitter, QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.moves import Fate
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.dialogs.correct_editor import CorrectEditor
from qualcoder_sm.ui.dialogs.correct_review import ReviewList, ReviewModel
from qualcoder_sm.ui.geometry import resize_within_screen
from qualcoder_sm.ui.pages.widgets.latest import Latest, on_copy
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.reason import ReasonField, reasoned
from qualcoder_sm.ui.widgets import Banner, button, column, label, row, surface

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from qualcoder_sm.errors import QualCoderError
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.project.text_edits import MovedSpan, TextEdit
    from qualcoder_sm.ui.context import Context

_SETTLE = 400


class CorrectDialog(QDialog):
    """The text at the left, its codings at the right. Nothing is changed before the button."""

    def __init__(self, context: Context, source: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        project = context.project
        self._context, self._source = context, project.sources.get(source)
        self._codes = {code.guid: code for code in project.codebook.codes()}
        self._edit: TextEdit | None = None
        self.editor = CorrectEditor(context.theme.theme)
        self.review = ReviewModel(self._codes)
        self.list = ReviewList(context.theme, self.review)
        self.banner, self.told = Banner(), label("", wrap=True)
        self.reason = ReasonField()
        self.drop = button(tr("Drop this coding"))
        self.put = button(tr("Put it on the selected words"))
        self.go, self.leave = button("", primary=True), button(tr("Cancel"))
        self.go.setAutoDefault(False)  # Enter belongs to the fields and the list
        self.go.setDefault(False)
        self._looking, self._writing = Latest(context.tasks, self), Latest(context.tasks, self)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._build()
        self._connect()
        self._begin()

    def _build(self) -> None:
        self.setWindowTitle(tr("Correct the text of {name}", name=self._source.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within_screen(self, 1160, 740)
        side = surface("panel")
        acts = row(self.drop, 8, self.put, 0, margins=(14, 8, 14, 10))
        head = column(label(tr("What it does to the codings"), "head"), 6, self.told,
                      margins=(14, 12, 14, 10))  # fmt: skip
        side.setLayout(stretched(column(head, self.list, acts), 1))
        side.setMinimumWidth(360)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.editor)
        split.addWidget(side)
        split.setStretchFactor(0, 1)
        split.setSizes([760, 400])
        foot = surface("window", "top")
        foot.setLayout(stretched(row(self.reason, 16, self.leave, 8, self.go,
                                     margins=(20, 10, 20, 10)), 0))  # fmt: skip
        self.setLayout(stretched(column(self.banner, split, foot), 1))

    def _connect(self) -> None:
        self.editor.edited.connect(self._edited)
        self._settle.timeout.connect(self._look)
        self._looking.ready.connect(self._show)
        self._looking.failed.connect(self._refuse)
        self._writing.ready.connect(self._written)
        self._writing.failed.connect(self._refuse)
        self.review.decided.connect(self._show_state)
        self.list.goRequested.connect(self._go_to)
        self.list.currentMoved.connect(self._show_state)
        self.list.dropRequested.connect(self._drop)
        self.editor.selectionChanged.connect(self._show_state)
        self.drop.clicked.connect(self._drop)
        self.put.clicked.connect(self._put)
        self.leave.clicked.connect(self.close)
        self.go.clicked.connect(self.correct)
        self._context.theme.changed.connect(self._set_theme)

    def _begin(self) -> None:
        project = self._context.project
        if not self.editor.show_text(project.sources.text(self._source.guid)):
            self.banner.show_sentence(
                tr("This text holds characters that cannot be edited here. Correct the file and "
                   "import it again.")
            )  # fmt: skip
        codings = project.codings.of_source(self._source.guid)
        self.editor.show_grounds([(one.start, one.end, self._color(one.code)) for one in codings])
        self.editor.setFocus()
        self._show_state()

    def correct(self) -> None:
        """Put the corrected text in the place of the old one, as one step, in the worker."""
        if self._edit is None or not self._edit.edits or self.review.open:
            return
        self.go.setEnabled(False)
        self.editor.setReadOnly(True)
        project = self._context.project
        self._writing.ask(
            reasoned, project, self.reason.text(), project.sources.correct, self._source.guid,
            self.editor.text(), self.review.decisions, work=tr("The correction"),
        )  # fmt: skip

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before corrections are lost."""
        edits = self._edit.edits if self._edit else int(self._settle.isActive())
        question = ntr("Leave without correcting? {n} change to the text is lost.",
                       "Leave without correcting? {n} changes to the text are lost.", edits)  # fmt: skip
        lost = edits > 0 and not self._writing.waiting
        if lost and not messages.confirm(self, question, tr("Leave"), tr("Keep correcting")):
            event.ignore()
            return
        self._looking.drop()
        event.accept()  # the dialog’s own way would ask `reject`, which asks this

    def reject(self) -> None:
        """Escape is Cancel, which asks."""
        self.close()

    def _edited(self) -> None:
        self.banner.hide()
        self.go.setEnabled(False)
        self.review.forget_places()
        self._settle.start()

    def _look(self) -> None:
        path, guid = self._context.project.path, self._source.guid
        self._looking.ask(on_copy, path, _preview, guid, self.editor.text())

    def _show(self, edit: TextEdit) -> None:
        if self._settle.isActive():
            return  # it was typed on meanwhile
        self._edit = edit
        self.editor.show_grounds([(*one.after, self._color(one.code)) for one in edit.codings])
        self.review.show_spans(edit.ambiguous)
        if edit.ambiguous:
            self.list.setCurrentIndex(self.review.index(0, 0))
        self._show_state()

    def _show_state(self) -> None:
        edit = self._edit
        edits, waiting = (edit.edits if edit else 0), self.review.open
        self.told.setText(_told(edit) if edit and edit.edits else
                          tr("Type in the text. Codings move with their words."))  # fmt: skip
        self.go.setText(ntr("Correct {n} place", "Correct {n} places", edits))
        ready = edits > 0 and not waiting and not self._settle.isActive()
        self.go.setEnabled(ready and not self._writing.waiting)
        self.go.setToolTip(
            ntr("{n} coding is still to be decided about.",
                "{n} codings are still to be decided about.", waiting) if waiting else ""
        )  # fmt: skip
        at = self.list.currentIndex()
        vanished = at.isValid() and self.review.moved(at.row()).fate is Fate.VANISHED
        self.drop.setEnabled(vanished)
        self.put.setEnabled(vanished and self.editor.textCursor().hasSelection())

    def _drop(self) -> None:
        at = self.list.currentIndex()
        if at.isValid() and self.review.moved(at.row()).fate is Fate.VANISHED:
            self.review.decide(at.row(), None)

    def _put(self) -> None:
        at, (start, end) = self.list.currentIndex(), self.editor.selected()
        if at.isValid() and start < end:
            self.review.decide(at.row(), (start, end))

    def _go_to(self, span: MovedSpan) -> None:
        self.editor.go_to(*span.after)

    def _written(self, edit: TextEdit) -> None:
        self._edit = None
        self._settle.stop()
        self.close()

    def _refuse(self, error: QualCoderError) -> None:
        self.editor.setReadOnly(False)
        self.banner.show_sentence(str(error))
        self._show_state()

    def _set_theme(self) -> None:
        self.editor.set_theme(self._context.theme.theme)

    def _color(self, code: str) -> str:
        return self._codes[code].color


def _preview(project: Project, source: str, text: str) -> TextEdit:
    return project.sources.preview_correction(source, text)


def _told(edit: TextEdit) -> str:
    """How many codings move, change and lose their words."""
    moved = sum(one.fate is Fate.MOVED and one.before != one.after for one in edit.codings)
    changed = sum(one.fate is Fate.CHANGED for one in edit.codings)
    gone = len(edit.vanished)
    said = [
        ntr("{n} place changed.", "{n} places changed.", edit.edits),
        ntr("{n} coding moves along.", "{n} codings move along.", moved) if moved else "",
        ntr("The words of {n} coding change.", "The words of {n} codings change.", changed)
        if changed else "",
        ntr("{n} coding has no words left.", "{n} codings have no words left.", gone)
        if gone else "",
        "" if moved or changed or gone else tr("No coding moves."),
    ]  # fmt: skip
    return " ".join(part for part in said if part)
