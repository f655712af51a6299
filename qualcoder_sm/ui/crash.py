"""What happens when the program itself is wrong: one report for each distinct fault."""

import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.widgets import button, column, label, row


class CrashReporter(QObject):
    """Installed once: writes a report without participants' words and shows it once."""

    happened = Signal(object)
    """The report, as text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: set[str] = set()
        self.window: QWidget | None = None
        self.happened.connect(self._show)

    def install(self) -> None:
        """Take over from Python what it would print, in every thread."""
        sys.excepthook = self.report
        threading.excepthook = self._report_thread

    def report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Write and show a fault that was not seen before."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        where = "".join(traceback.format_tb(trace))
        if where in self._seen:
            return
        self._seen.add(where)
        from qualcoder_sm import crashlog  # not needed at every start

        crashlog.write(error)
        self.happened.emit(crashlog.report(error))

    def _report_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _show(self, report: str) -> None:
        CrashDialog(self.window, report).show()


class CrashDialog(QDialog):
    """What to do, and the report to copy."""

    def __init__(self, parent: QWidget | None, report: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Something went wrong inside the program"))
        self.resize(600, 420)
        said = tr(
            "The last step was not taken; everything before it is kept, and you can go on. "
            "The report below holds none of your texts. It helps us to repair this."
        )
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(tr("Report"))
        copy, close = button(tr("Copy the report")), button(tr("Go on"), primary=True)
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.close)
        self.setLayout(column(label(said, wrap=True), 12, self.report, 14,
                              row(copy, 0, close), margins=(24, 20, 20, 16)))  # fmt: skip

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
