"""The main job in the real window, from an empty project to files in Excel and Word."""

from pathlib import Path

import docx
import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from window_tools import CTRL, SHIFT, Key, make_window, press, write

from qualcoder_sm.project.project import Project
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.dialogs.new_project import NewProject
from qualcoder_sm.ui.pages.importing import ImportPage
from qualcoder_sm.ui.reading.palette import CodePalette
from qualcoder_sm.ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton
TRANSCRIPT = (
    "INT: [SYNTHETIC] How do you reach the others?\n"
    "P01: We made a rota 😀 and whoever is on it shows the next person how.\n"
    "INT: And at night?\n"
    "P01: Someone writes at three in the morning.\n"
)


@pytest.fixture
def window(qtbot, tmp_path: Path, monkeypatch) -> MainWindow:
    """The first page, a new project asked for by its card."""
    wanted = NewProject(tmp_path / "Care.qsm", "Care", "Ana Lindqvist", None)
    monkeypatch.setattr("qualcoder_sm.ui.dialogs.new_project.ask_new_project", lambda *_: wanted)
    window = make_window(qtbot)
    with qtbot.waitSignal(window.projectOpened, timeout=10_000):
        qtbot.mouseClick(window.start.new, LEFT)
    return window


def project_of(window: MainWindow) -> Project:
    return window.workspace.context.project


def import_file(qtbot, window: MainWindow, path: Path, monkeypatch) -> None:
    monkeypatch.setattr(messages, "ask_open", lambda *_: [path])
    qtbot.mouseClick(window.workspace.reading.steps.import_texts, LEFT)
    page = window.workspace.stack.currentWidget()
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(page.go.isEnabled, timeout=10_000)
    with qtbot.waitSignal(page.finished, timeout=10_000):
        qtbot.mouseClick(page.go, LEFT)


def code_with(qtbot, window: MainWindow, name: str) -> None:
    """Enter opens the palette, the name is typed, Enter takes it."""
    press(qtbot, window.workspace.reading.view, Key.Key_Return)
    field = window.findChild(CodePalette).findChild(QLineEdit)
    write(field, name)
    with qtbot.waitSignal(window.workspace.context.bridge.changed):
        press(qtbot, field, Key.Key_Return)


def export(qtbot, window: MainWindow, target: Path, words: str, monkeypatch) -> None:
    press(qtbot, window, (Key.Key_6, CTRL))
    page = window.workspace.page(5)
    [button] = [one for one in page.findChildren(QPushButton) if one.text() == words]
    qtbot.waitUntil(button.isEnabled, timeout=10_000)
    monkeypatch.setattr(messages, "ask_save", lambda *_: target)
    with qtbot.waitSignal(page.writer.written, timeout=20_000):
        qtbot.mouseClick(button, LEFT)


def test_from_an_empty_project_to_a_workbook_and_a_document(
    qtbot, window: MainWindow, tmp_path: Path, monkeypatch
):
    transcript = tmp_path / "P01.txt"
    transcript.write_text(TRANSCRIPT, encoding="utf-8")
    import_file(qtbot, window, transcript, monkeypatch)
    view = window.workspace.reading.view
    qtbot.waitUntil(view.isVisible)

    press(qtbot, view, (Key.Key_Home, CTRL), Key.Key_Down, Key.Key_Home)
    for _word in range(4):
        press(qtbot, view, (Key.Key_Right, CTRL | SHIFT))
    words = view.selected_text().strip()
    code_with(qtbot, window, "Reciprocity")
    [coding] = project_of(window).codings.all()
    source = project_of(window).sources.all()[0]
    stored = project_of(window).sources.text(source.guid)[coding.start : coding.end]
    assert stored.strip() == words

    workbook = tmp_path / "out.xlsx"
    export(qtbot, window, workbook, "Whole workbook", monkeypatch)
    book = openpyxl.load_workbook(workbook)
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True)
             for cell in row if cell is not None]  # fmt: skip
    assert any(words in cell for cell in cells)
    assert "Reciprocity" in cells
    assert any("Ana Lindqvist" in cell for cell in cells)

    document = tmp_path / "out.docx"
    export(qtbot, window, document, "Word", monkeypatch)
    written = docx.Document(str(document))
    said = [paragraph.text for paragraph in written.paragraphs]
    said += [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    assert any(words in text for text in said)


def test_an_import_that_is_left_changes_nothing(
    qtbot, window: MainWindow, tmp_path: Path, monkeypatch
):
    transcript = tmp_path / "P01.txt"
    transcript.write_text(TRANSCRIPT, encoding="utf-8")
    monkeypatch.setattr(messages, "ask_open", lambda *_: [transcript])
    before = project_of(window).audit.head()
    window.workspace.import_texts()
    page = window.workspace.stack.currentWidget()
    qtbot.waitUntil(page.go.isEnabled, timeout=10_000)
    press(qtbot, window, (Key.Key_1, CTRL))
    assert window.workspace.stack.currentWidget() is window.workspace.reading
    assert project_of(window).sources.all() == []
    assert project_of(window).audit.head() == before
