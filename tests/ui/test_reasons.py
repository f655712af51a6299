"""A reason can be given at every step that may be asked about, goes with it alone, and is never asked for."""

from pathlib import Path

import pytest
from builders import add_coded, new_project
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from window_tools import Key, open_in_window, press, project_of, write

from qualcoder_sm.project.project import Project
from qualcoder_sm.project.rules import Scope
from qualcoder_sm.project.search import SearchQuery
from qualcoder_sm.ui.dialogs.autocode import AutocodeDialog
from qualcoder_sm.ui.dialogs.merge import MergeDialog
from qualcoder_sm.ui.dialogs.split_code import SplitDialog
from qualcoder_sm.ui.messages import Question
from qualcoder_sm.ui.pages.importing import ImportPage
from qualcoder_sm.ui.pages.registry import TITLES
from qualcoder_sm.ui.panels.find_review import ReviewDialog
from qualcoder_sm.ui.panels.inspector_parts import Field
from qualcoder_sm.ui.reason import ReasonField
from qualcoder_sm.ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton
WHY = "seen in the pilot"


@pytest.fixture
def window(qtbot, tmp_path: Path) -> MainWindow:
    project = new_project(tmp_path)
    add_coded(
        project,
        "P01",
        "[SYNTHETIC] I was [tired]{Fatigue} and [worn]{Fatigue}, [alone]{Isolation}.",
    )
    project.close()
    return open_in_window(qtbot, tmp_path / "study.qsm")


def give(reason: ReasonField, words: str = WHY) -> None:
    reason.unfold()
    reason.line.setText(words)


def reasons(project: Project) -> list[str]:
    return [record.reason for record in project.audit.records()]


def code(window: MainWindow, name: str = "Fatigue") -> str:
    return project_of(window).codebook.find(name).guid


def test_it_begins_folded_away_and_is_remembered_as_it_was_left(qtbot):
    first = ReasonField()
    qtbot.addWidget(first)
    first.show()
    assert not first.is_unfolded
    [unfold] = [child for child in first.children() if getattr(child, "text", str)() == "Reason…"]
    qtbot.mouseClick(unfold, LEFT)
    assert first.is_unfolded
    write(first.line, " because\tof it ")
    assert first.text() == "because of it"
    second = ReasonField()
    qtbot.addWidget(second)
    assert (second.is_unfolded, second.text()) == (True, "")
    first.fold()
    assert (first.is_unfolded, first.text()) == (False, "")
    third = ReasonField()
    qtbot.addWidget(third)
    assert not third.is_unfolded


def test_it_is_reached_by_keys_and_named(qtbot):
    reason = ReasonField()
    qtbot.addWidget(reason)
    reason.show()
    reason.unfold()
    assert reason.line.accessibleName() == "Reason"
    assert reason.line.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_reason_goes_with_its_step_only(tmp_path):
    project = new_project(tmp_path)
    project.reason = "the command's"
    with project.because(WHY):
        project.codebook.add("A")
    project.codebook.add("B")
    with project.because(""):
        project.codebook.add("C")
    assert reasons(project) == ["", WHY, "the command's", "the command's"]
    project.close()


def test_enter_in_the_line_presses_no_button(qtbot):
    question = Question(None, "Delete?", "Delete", "Keep", asks_why=True)
    qtbot.addWidget(question)
    question.show()
    give(question.reason)
    finished: list[int] = []
    question.finished.connect(finished.append)
    press(qtbot, question.reason.line, Key.Key_Return)
    assert finished == []
    question.agree.click()
    assert finished == [QDialog.DialogCode.Accepted]
    assert question.reason.text() == WHY


def test_a_plain_question_asks_for_no_reason(qtbot):
    question = Question(None, "Leave?", "Leave", "Stay")
    qtbot.addWidget(question)
    question.show()
    assert not question.reason.isVisible()


def test_merging(qtbot, window, monkeypatch):
    def answer(dialog: MergeDialog) -> QDialog.DialogCode:
        dialog.targets.setCurrentIndex(0)
        give(dialog.reason)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(MergeDialog, "exec", answer)
    panel = window.workspace.reading.codebook
    panel.select_key(code(window))
    panel.merge()
    assert reasons(project_of(window))[-1] == WHY


def test_splitting(qtbot, window):
    panel = window.workspace.reading.codebook
    panel.select_key(code(window))
    panel.split()
    dialog = window.findChild(SplitDialog)
    qtbot.waitUntil(lambda: dialog.list.passages.rowCount() == 2, timeout=5_000)
    write(dialog.new, "Body")
    press(qtbot, dialog.new, Key.Key_Return)
    give(dialog.reason)
    dialog.go.click()
    assert reasons(project_of(window))[-1] == WHY


def test_finding_and_coding(qtbot, window):
    window.workspace.reading.codebook.select_key(code(window, "Isolation"))
    window.workspace.tools.find_and_code()
    dialog = window.findChild(AutocodeDialog)
    dialog.form.words.setText("worn")
    qtbot.waitUntil(lambda: dialog.list.proposals.rowCount() == 1, timeout=5_000)
    give(dialog.reason)
    with qtbot.waitSignal(dialog.said):
        dialog.go.click()
    assert reasons(project_of(window))[-1] == WHY
    assert project_of(window).reason == ""


def test_coding_what_was_found(qtbot, window):
    query = SearchQuery("alone")
    dialog = ReviewDialog(window.workspace.context, query, Scope.MATCH, window)
    dialog.code.choose(code(window))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=5_000)
    give(dialog.reason)
    with qtbot.waitSignal(dialog.said):
        dialog.go.click()
    assert reasons(project_of(window))[-1] == WHY


def test_recoding_many_and_taking_them_away(qtbot, window):
    window.workspace.reading.below.show_passages(code(window))
    panel = window.workspace.reading.below.segments
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2 and not panel.busy, timeout=5_000)
    panel.list.selectAll()
    give(panel.reason)
    panel.codes.chosen.emit(code(window, "Isolation"))
    assert reasons(project_of(window))[-1] == WHY
    assert (panel.reason.is_unfolded, panel.reason.text()) == (True, "")
    project_of(window).undo()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2 and not panel.busy, timeout=5_000)
    panel.list.selectAll()
    give(panel.reason, "read again")
    panel.remove()
    assert reasons(project_of(window))[-2:] == ["", "read again"]


def test_redefining_in_the_inspector(qtbot, window):
    inspector = window.workspace.reading.inspector
    inspector.show_code(code(window))
    inspector.edit_definition()
    section = inspector.definition
    section.reason.unfold()
    [field] = [one for one in section.findChildren(Field) if one.objectName() == "include"]
    redefine(qtbot, window, field, section.reason)


def test_redefining_on_the_codebook_page(qtbot, window):
    window.workspace.show_page(TITLES.index("Codebook"))
    page = window.workspace.page(TITLES.index("Codebook"))
    page.panel.select_key(code(window))
    page.reason.unfold()
    redefine(qtbot, window, page.fields["include"], page.reason)
    page.reason.line.setText("nearer to red")
    page.swatches.chosen.emit("#aa0000")
    assert reasons(project_of(window))[-1] == "nearer to red"


def redefine(qtbot, window: MainWindow, field: Field, reason: ReasonField) -> None:
    """Write in a field, then the reason: the field waits for it, and for nothing else."""
    project = project_of(window)
    before = project.audit.head()[0]
    field.setFocus()
    write(field, "worn out")
    reason.line.setFocus()
    assert project.audit.head()[0] == before
    write(reason.line, WHY)
    press(qtbot, reason.line, Key.Key_Return)
    assert project.codebook.find("Fatigue").include == "worn out"
    assert reasons(project)[before:] == [WHY]
    assert reason.text() == ""
    field.setFocus()
    write(field, " and done")
    reason.line.setFocus()
    field.setFocus()
    assert project.audit.head()[0] == before + 2


def test_importing(qtbot, tmp_path, window):
    (tmp_path / "P02.txt").write_text("[SYNTHETIC] Another one.", encoding="utf-8")
    context = window.workspace.context
    page = ImportPage(context, [tmp_path / "P02.txt"])
    qtbot.addWidget(page)
    page.show()
    page.activate()
    qtbot.waitUntil(page.go.isEnabled, timeout=10_000)
    give(page.reason)
    with qtbot.waitSignal(page.finished, timeout=10_000):
        page.go.click()
    assert reasons(context.project)[-1] == WHY
