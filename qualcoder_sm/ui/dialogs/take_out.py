"""Take a real name out of the project for good: what it does, what it cannot do, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QDialog, QLineEdit, QScrollArea, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.geometry import resize_within_screen
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.pages.widgets.states import States
from qualcoder_sm.ui.widgets import Banner, button, column, label, row, surface

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcoder_sm.errors import QualCoderError
    from qualcoder_sm.model import Person
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.project.redaction import Redaction
    from qualcoder_sm.ui.context import Context
    from qualcoder_sm.ui.tasks import Task


class TakeOutDialog(QDialog):
    """Three fields and a plain warning; afterwards, where the name still stands."""

    def __init__(self, context: Context, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.name, self.key, self.reason = QLineEdit(person.key), QLineEdit(), QLineEdit()
        self.banner, self.told = Banner(), label("", wrap=True)
        self.go = messages.danger(button(tr("Take the name out for good")))
        self.leave = button(tr("Cancel"))
        self.go.setAutoDefault(False)  # Enter must not do what nothing takes back
        self._task: Task | None = None
        self._build()
        self._connect()
        self._weigh()
        self.key.setFocus()

    def _build(self) -> None:
        self.setWindowTitle(tr("Take a name out for good"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within_screen(self, 600, round(480 * self._context.theme.theme.ui_scale))
        form = column(margins=(24, 18, 20, 8))
        for caption, field, hint in (
            (tr("Name to take out"), self.name, ""),
            (tr("Name that takes its place"), self.key, tr("P01")),
            (tr("Reason, without the name; the audit trail keeps it"), self.reason,
             tr("asked for by the participant")),
        ):  # fmt: skip
            words = label(caption)
            words.setBuddy(field)
            field.setAccessibleName(caption)
            field.setPlaceholderText(hint)
            form.addWidget(words)
            form.addSpacing(4)
            form.addWidget(field)
            form.addSpacing(12)
        for sentence in _warning():
            form.addWidget(label(sentence, wrap=True))
            form.addSpacing(6)
        form.addStretch(1)
        told = column(self.told, 0, margins=(24, 18, 20, 8))
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._done = _scrolled(told, tr("What was done"))
        self.states = States(_scrolled(form, self.windowTitle()), self._context.tasks)
        self.states.addWidget(self._done)
        foot = surface("window", "top")
        foot.setLayout(row(0, self.leave, 8, self.go, margins=(20, 10, 20, 10)))
        self.setLayout(stretched(column(self.banner, self.states, foot), 1))

    def _connect(self) -> None:
        for field in (self.name, self.key, self.reason):
            field.textChanged.connect(self._weigh)
        self.go.clicked.connect(self.take_out)
        self.leave.clicked.connect(self.close)
        self.states.cancelled.connect(self._stop)

    def take_out(self) -> None:
        """Do it, in the worker."""
        self.banner.hide()
        self.go.setEnabled(False)
        self.leave.setEnabled(False)
        self.states.show_loading(tr("Looking through the audit trail …"))
        self._task = self._context.tasks.run(
            _taken_out, self._context.project, {self.name.text().strip(): self.key.text()},
            self.reason.text().strip(), done=self._show, failed=self._refuse, reports=True,
            work=tr("Taking out the name"),
        )  # fmt: skip

    def reject(self) -> None:
        """Escape leaves, but not while it is being done."""
        if self._task is None:
            super().reject()

    def _weigh(self) -> None:
        fields = (self.name, self.key, self.reason)
        self.go.setEnabled(all(field.text().strip() for field in fields))
        self.go.setToolTip("" if self.go.isEnabled() else tr("Fill in all three lines."))

    def _stop(self) -> None:
        if self._task:
            self._task.cancel()

    def _show(self, done: Redaction) -> None:
        self._task = None
        self.told.setText("\n\n".join(done.told()))
        self.states.setCurrentWidget(self._done)
        self.setWindowTitle(tr("The name was taken out"))
        self.go.hide()
        self.leave.setText(tr("Close"))
        self.leave.setEnabled(True)
        self.leave.setFocus()

    def _refuse(self, error: QualCoderError) -> None:
        self._task = None
        self.states.show_content()
        self.leave.setEnabled(True)
        self._weigh()
        self.banner.show_sentence(str(error))


def _scrolled(layout: QBoxLayout, name: str) -> QScrollArea:
    inside, area = surface("window"), QScrollArea()
    inside.setLayout(layout)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    return area


def _warning() -> tuple[str, ...]:
    return (
        tr("Nothing takes this back, and no step before it can be undone afterwards."),
        tr(
            "The name leaves the list of speakers, the audit trail and the program’s backups of "
            "this project. Every step that holds it loses its content; who took it and when stays. "
            "Backups from before are deleted, and a new one is made."
        ),
        tr(
            "It stays where it was spoken or written, in names of sources, files, cases and coders, "
            "in memos, and in what was exported or copied. You will be told where it still is."
        ),
    )


def _taken_out(
    project: Project, keys: dict[str, str], reason: str, progress: Callable[[int, int, str], bool]
) -> Redaction:
    return project.people.redact(keys, reason, progress)
