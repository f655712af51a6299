"""From the start of the process to the first painted window, against an empty Qt window."""

import compileall
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import qualcoder_sm
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
from PySide6.QtWidgets import QApplication
from qualcoder_sm.ui import app as ours
app = QApplication([])
window = ours.main_window(app)
def painted():
    print(time.time() - float(sys.argv[1]), flush=True)
    os._exit(0)
window.painted.connect(painted)
window.resize(1440, 900)
window.show()
app.exec()
"""


def figures(folder: Path) -> Iterator[Figure]:
    # As an installed program is: Qt's own modules are compiled, so ours must be too.
    compileall.compile_dir(Path(qualcoder_sm.__file__).parent, quiet=1)
    # In turn, since the speed of a shared machine drifts.
    pairs = [(_first_paint(EMPTY, folder), _first_paint(OURS, folder)) for _ in range(RUNS)]
    empty, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    yield Figure("start to first painted window", ours, "s", empty, 1.0)
    yield Figure("start, against an empty window", ours, "s", empty, 2, of_ratio=True)


def _first_paint(script: str, folder: Path) -> float:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder)}
    run = subprocess.run([sys.executable, "-c", script, str(time.time())], env=env,
                         capture_output=True, text=True, check=True)  # fmt: skip
    return float(run.stdout.split()[0])
