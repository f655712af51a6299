"""Leaving a project: what works on it ends first, or is stopped; nothing outlives what it uses."""

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.tasks import Step, Tasks
from qualcoder_sm.ui.widgets import button, column, label, row

_MOMENT = 300


class Ending(QDialog):
    """Waits until the worker is idle; the window cannot be used meanwhile."""

    def __init__(self, parent: QWidget | None, tasks: Tasks) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.setWindowTitle(tr("QualCoder SM"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.sentence = label(_waiting(tasks.work), wrap=True)
        self.sentence.setMinimumWidth(380)
        self.stop = button(tr("Stop it"))
        self.stop.clicked.connect(self.reject)
        self.setLayout(column(self.sentence, 12, row(0, self.stop), margins=(24, 20, 20, 16)))
        tasks.idle.connect(self.accept)
        tasks.progressed.connect(self._show)

    def _show(self, step: Step) -> None:
        if step.total and self.stop.isEnabled():
            done = tr("{done:,} of {total:,}", done=step.done, total=step.total)
            self.sentence.setText(f"{_waiting(self._tasks.work)} {done}")

    def reject(self) -> None:
        """Escape and the button stop what runs; the dialog goes when it has ended."""
        self._tasks.stop()
        self.sentence.setText(tr("Stopping …"))
        self.stop.setEnabled(False)


def may_leave(window: QWidget, tasks: Tasks) -> bool:
    """Whether nothing is under way any more; the researcher chose to wait, to stop it, or to stay."""
    if work := tasks.work:
        question = tr("{work} has not come to its end. What was not committed yet is dropped when it "
                      "is stopped; the project stays as it was before.", work=work)  # fmt: skip
        answers = (tr("Wait for it"), tr("Stop it"), tr("Keep the project open"))
        chosen = messages.choose(window, question, answers)
        if chosen == len(answers) - 1:
            return False
        if chosen == 1:
            tasks.stop()
    else:
        tasks.stop()
    if not (tasks.is_idle or _soon_idle(tasks)):
        Ending(window, tasks).exec()
    return True


def _soon_idle(tasks: Tasks) -> bool:
    """Wait a moment for what ends by itself, without a dialog that would only flash."""
    loop = QEventLoop()
    tasks.idle.connect(loop.quit)
    QTimer.singleShot(_MOMENT, loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    return tasks.is_idle


def _waiting(work: str) -> str:
    return tr("{work} is coming to its end …", work=work) if work else tr("One moment …")
