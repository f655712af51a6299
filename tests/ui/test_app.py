"""The start: what is painted before anything heavy is loaded, and which icons there are."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from builders import new_project
from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QPushButton
from window_tools import make_window

from qualcoder_sm.ui import app, icons

SIDE = 64
UI = Path(app.__file__).parent
TAKE_AN_ICON = {"icon", "tool", "Picture", "Card", "draw", "_button", "_fact"}
START = """
import sys
from PySide6.QtWidgets import QApplication
from qualcoder_sm.ui.app import main_window
app = QApplication([])
window = main_window(app)
window.painted.connect(app.quit)
window.show()
app.exec()
heavy = {"sqlalchemy", "numpy", "lxml", "qtawesome", "qualcoder_sm.project.project"}
print(sorted(heavy & set(sys.modules)))
"""


def test_the_first_window_is_painted_before_anything_heavy_is_loaded():
    done = subprocess.run(
        [sys.executable, "-c", START], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_a_project_named_at_the_start_opens_after_the_first_frame(qtbot, tmp_path: Path):
    new_project(tmp_path).close()
    window = make_window(qtbot)
    with qtbot.waitSignal(window.projectOpened, timeout=10_000):
        app.Starter(window, window.tasks, tmp_path / "study.qsm")
        window.painted.emit()
    assert window.is_open()


def test_an_exception_in_a_slot_is_reported_and_the_window_stays(qtbot):
    window = make_window(qtbot)
    button = QPushButton(window)
    button.clicked.connect(fail)
    with qtbot.captureExceptions() as caught:
        button.click()
    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]
    assert window.isVisible()


def fail() -> None:
    raise ZeroDivisionError


def named_icons() -> set[str]:
    """The icons that the code names where it takes one."""
    found: set[str] = set()
    for file in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            name = getattr(getattr(node, "func", None), "attr", getattr(
                getattr(node, "func", None), "id", ""))  # fmt: skip
            if isinstance(node, ast.Call) and name in TAKE_AN_ICON:
                found |= {a.value for a in node.args[:3] if is_icon(a)}
    return found


def is_icon(argument: ast.expr) -> bool:
    value = getattr(argument, "value", None)
    return isinstance(value, str) and value.islower() and " " not in value


def test_every_icon_that_is_named_is_in_the_font():
    names = named_icons()
    assert {"plus", "x", "file-plus", "caret-down"} <= names
    for name in names:
        assert drawn(name, QColor("black")) > 0, name


@pytest.mark.parametrize("color", ["#101010", "#F0F0F0"])
def test_an_icon_takes_the_colour_of_the_moment(color: str):
    image = painted("plus", QColor(color))
    colors = {image.pixelColor(x, y).name() for x in range(SIDE) for y in range(SIDE)
              if image.pixelColor(x, y).alpha() == 255}  # fmt: skip
    assert colors == {QColor(color).name()}


def painted(name: str, color: QColor) -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    icons.draw(painter, QRectF(0, 0, SIDE, SIDE), name, color)
    painter.end()
    return image


def drawn(name: str, color: QColor) -> int:
    image = painted(name, color)
    return sum(image.pixelColor(x, y).alpha() > 0 for x in range(SIDE) for y in range(SIDE))


def test_closing_the_window_ends_the_program(qtbot):
    window = make_window(qtbot)
    QTimer.singleShot(0, window.close)
    qtbot.waitUntil(window.isHidden)
    assert isinstance(QApplication.instance(), QApplication)
