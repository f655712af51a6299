"""What happens when the program itself is wrong: one report for each distinct fault."""

import sys
import threading
import traceback
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


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
        from qualcoder_sm.ui.dialogs.crash import CrashDialog  # no start pays for it

        CrashDialog(self.window, report).show()
