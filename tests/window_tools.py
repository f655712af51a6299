"""The real window on a small project, driven by mouse and keys."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QMainWindow, QWidget

from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.bridge import ProjectBridge
from qualcoder_sm.ui.context import Context, Preferences
from qualcoder_sm.ui.pages.texts import TextPane, Traces
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.sight import Sight
from qualcoder_sm.ui.tasks import Tasks
from qualcoder_sm.ui.theme import ThemeManager
from qualcoder_sm.ui.window import MainWindow

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

TEXT = "[SYNTHETIC] We made a rota.\nNobody decided that alone.\nIt wears people out."


def make_window(qtbot) -> MainWindow:
    app = QApplication.instance()
    preferences = Preferences()
    theme = ThemeManager(app)
    window = MainWindow(Tasks(), theme, preferences)
    preferences.setParent(window)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    return window


def open_in_window(qtbot, path: Path) -> MainWindow:
    window = make_window(qtbot)
    with qtbot.waitSignal(window.projectOpened, timeout=10_000):
        window.open_path(path)
    return window


def text_pane(qtbot, project: Project, sight: Sight) -> TextPane:
    """One text with its head, view and desk, as in the window, without the window around it."""
    context = Context(
        ProjectBridge(project), Tasks(), ThemeManager(QApplication.instance()), Preferences()
    )
    pane = TextPane(context, sight, Traces())
    context.setParent(pane)
    qtbot.addWidget(pane)
    pane.resize(900, 500)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def write(widget: QWidget, text: str) -> None:
    """Type text of any script, as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def press(qtbot, widget: QWidget, *keys: Qt.Key | tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    for key in keys:
        code, modifier = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier.NoModifier)
        qtbot.keyClick(widget, code, modifier)


def focusable(window: QMainWindow) -> list[QWidget]:
    """Every control that the keyboard can reach; a spin box counts, the field inside does not."""
    tab = Qt.FocusPolicy.TabFocus
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & tab and widget.isVisibleTo(window)
        if not isinstance(widget.parent(), QAbstractSpinBox)
    ]


def project_of(window: MainWindow) -> Project:
    return window.workspace.context.project


def open_text(window: MainWindow, name: str = "P01"):
    source = project_of(window).sources.find(name)
    window.workspace.open(Place(source.guid, 0, 0))
    return source


def select_words(qtbot, window: MainWindow, many: int = 3) -> None:
    view = window.workspace.reading.view
    press(qtbot, view, (Key.Key_Home, CTRL))
    for _word in range(many):
        press(qtbot, view, (Key.Key_Right, CTRL | SHIFT))
