"""From the start of the process to the first painted window, against an empty Qt window."""

import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure

RUNS = 5

EMPTY = """
import time, os, sys
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        print(time.time() - float(sys.argv[1]), flush=True)
        os._exit(0)
app = QApplication([])
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""

OURS = """
import time, os, sys
from PySide6.QtCore import QEvent, QObject
from qualcoder_sm.ui import app as ours
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWindowType():
            print(time.time() - float(sys.argv[1]), flush=True)
            os._exit(0)
        return False
watch = Watch()
ours.run(None, event_filter=watch)
"""


def figures(folder: Path) -> Iterator[Figure]:
    empty = statistics.median(_first_paint(EMPTY, folder) for _ in range(RUNS))
    ours = statistics.median(_first_paint(OURS, folder) for _ in range(RUNS))
    yield Figure("start to first painted window", ours, "s", empty, 1.0)
    yield Figure("start, against an empty window", ours, "s", empty, 2, of_ratio=True)


def _first_paint(script: str, folder: Path) -> float:
    import os
    import time

    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder)}
    run = subprocess.run([sys.executable, "-c", script, str(time.time())], env=env,
                         capture_output=True, text=True, check=True)  # fmt: skip
    return float(run.stdout.split()[0])
