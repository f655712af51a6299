"""What a page shows: its content, what it is waiting for, or why there is nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.tasks import Step, Tasks
from qualcoder_sm.ui.widgets import button, column, label, row, surface


class States(QStackedWidget):
    """Content, loading or empty, in the same frame."""

    cancelled = Signal()
    """The researcher does not want to wait."""
    acted = Signal()
    """The button of the empty state."""

    def __init__(self, content: QWidget, tasks: Tasks) -> None:
        super().__init__()
        self._content = content
        self._empty, self._loading = surface("paper"), surface("paper")
        self._sentence, self._how = label("", "lead", wrap=True), label("", "muted", wrap=True)
        self._act = button("")
        self._act.clicked.connect(self.acted)
        self._reading = label("", "lead", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = button(tr("Cancel"))
        self._stop.clicked.connect(self.cancelled)
        self._build()
        tasks.progressed.connect(self._progress)

    def _build(self) -> None:
        for part in (self._sentence, self._how, self._reading):
            part.setMaximumWidth(560)
            part.setMinimumWidth(420)
        self._bar.setFixedWidth(420)
        self._bar.setAccessibleName(tr("How far it is"))
        empty = column(0, self._sentence, 6, self._how, 14, row(self._act, 0), 0, 0)
        self._empty.setLayout(row(0, empty, 0))
        loading = column(0, self._reading, 10, self._bar, 14, row(self._stop, 0), 0, 0)
        self._loading.setLayout(row(0, loading, 0))
        for page in (self._content, self._empty, self._loading):
            self.addWidget(page)

    def show_content(self) -> None:
        """Show the page itself."""
        self.setCurrentWidget(self._content)

    def show_empty(self, sentence: str, how: str = "", act: str = "") -> None:
        """Say in a sentence why there is nothing, how to change that, and offer one button."""
        self._sentence.setText(sentence)
        self._how.setText(how)
        self._act.setText(act)
        self._act.setVisible(bool(act))
        self._empty.setAccessibleName(f"{sentence} {how}".strip())
        self.setCurrentWidget(self._empty)

    def show_loading(self, sentence: str) -> None:
        """Say what is going on, with a way to stop it."""
        self._reading.setText(sentence)
        self._bar.setRange(0, 0)
        self._bar.hide()
        self.setCurrentWidget(self._loading)
        self._stop.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_content(self) -> bool:
        """Whether the page itself is shown."""
        return self.currentWidget() is self._content

    @property
    def is_waiting(self) -> bool:
        """Whether the researcher waits for something that can be stopped."""
        return self.currentWidget() is self._loading

    def sentence(self) -> str:
        """What is said instead of the content; empty while the content is shown."""
        if self.is_content:
            return ""
        return (self._reading if self.is_waiting else self._sentence).text()

    def _progress(self, step: Step) -> None:
        if self.currentWidget() is not self._loading:
            return
        if step.total:
            self._bar.setRange(0, step.total)
            self._bar.setValue(step.done)
            self._bar.show()
        if step.what:
            self._reading.setText(step.what)
