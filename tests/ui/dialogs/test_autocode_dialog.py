"""Find and code: what is proposed, what is ticked, and that one step codes it."""

from pathlib import Path

import pytest
from builders import add_coded, add_text, code_named, new_project
from PySide6.QtCore import QPoint, Qt
from window_tools import CTRL, Key, focusable, open_in_window, press

from qualcoder_sm.bundle import CaseDraft
from qualcoder_sm.ui.dialogs.autocode import AutocodeDialog
from qualcoder_sm.ui.dialogs.autocode_form import Kind
from qualcoder_sm.ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def study(tmp_path: Path) -> Path:
    project = new_project(tmp_path)
    add_text(project, "P01", "[SYNTHETIC] I was tired. So tired then.\nTiring days.")
    add_coded(project, "P02", "Again [tired]{Fatigue} and alone.")
    project.cases.take([CaseDraft("P02", "person", attributes={"age": "old"})], "cases.csv")
    project.close()
    return tmp_path / "study.qsm"


@pytest.fixture
def window(qtbot, study: Path) -> MainWindow:
    return open_in_window(qtbot, study)


@pytest.fixture
def dialog(qtbot, window: MainWindow) -> AutocodeDialog:
    panel = window.workspace.reading.codebook
    panel.select_key(project_of(window).codebook.find("Fatigue").guid)
    window.workspace.tools.find_and_code()
    return window.findChild(AutocodeDialog)


def project_of(window: MainWindow):
    return window.workspace.context.project


def propose(qtbot, dialog: AutocodeDialog, words: str, many: int) -> None:
    dialog.form.words.setText(words)
    qtbot.waitUntil(lambda: dialog.list.proposals.rowCount() == many, timeout=5_000)


def test_the_words_found_are_ticked_and_those_coded_already_are_not(qtbot, dialog):
    propose(qtbot, dialog, "tired", 3)
    assert dialog.count.text() == "3 passages found, 1 coded already"
    assert dialog.go.text() == "Code 2 passages"
    spoken = dialog.list.proposals.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "coded already. P02, paragraph 1. Again tired and alone."


def test_the_list_keeps_the_rules_of_qt(qtbot, dialog, qtmodeltester):
    propose(qtbot, dialog, "tired", 3)
    qtmodeltester.check(dialog.list.model())


def test_space_and_the_box_turn_ticks(qtbot, dialog):
    propose(qtbot, dialog, "tired", 3)
    dialog.list.setFocus()
    press(qtbot, dialog.list, Key.Key_Space)
    assert dialog.go.text() == "Code 1 passage"
    box = QPoint(20, dialog.list.visualRect(dialog.list.model().index(1, 0)).center().y())
    qtbot.mouseClick(dialog.list.viewport(), LEFT, pos=box)
    assert dialog.go.text() == "Code 0 passages"
    assert not dialog.go.isEnabled()
    press(qtbot, dialog.list, (Key.Key_A, CTRL), Key.Key_Space)
    assert dialog.go.text() == "Code 2 passages"
    dialog.none.click()
    assert dialog.go.text() == "Code 0 passages"
    dialog.all.click()
    assert dialog.go.text() == "Code 2 passages"


def test_the_button_codes_what_is_ticked_as_one_step_with_its_rule(qtbot, window, dialog):
    project = project_of(window)
    before = project.audit.head()[0]
    propose(qtbot, dialog, "tired", 3)
    dialog.list.proposals.tick([0], False)
    with qtbot.waitSignal(dialog.said, timeout=5_000):
        dialog.go.click()
    assert project.audit.head()[0] == before + 1
    assert project.codings.count() == 2
    assert project.audit.record(before + 1).label == "Autocode 1 passage with Fatigue"
    assert window.workspace.status.said.text() == "1 passage coded."
    window.workspace.undo()
    assert project.codings.count() == 1


def test_the_scope_says_how_much_is_coded(qtbot, window, dialog):
    dialog.form.scope.setCurrentIndex(1)
    propose(qtbot, dialog, "tired", 3)
    words = [dialog.list.proposals.proposal(row).hit.words for row in range(3)]
    assert words == ["[SYNTHETIC] I was tired.", "So tired then.", "Again tired and alone."]


def test_a_rule_by_attribute_takes_the_texts_of_its_cases(qtbot, dialog):
    dialog.form.kind.setCurrentIndex(dialog.form.kind.findData(Kind.ATTRIBUTE))
    qtbot.waitUntil(lambda: dialog.list.proposals.rowCount() == 1, timeout=5_000)
    assert dialog.list.proposals.proposal(0).hit.words == "Again tired and alone."


def test_a_pattern_that_cannot_be_read_is_explained(qtbot, dialog):
    dialog.form.kind.setCurrentIndex(dialog.form.kind.findData(Kind.PATTERN))
    dialog.form.pattern.setText("(")
    qtbot.waitUntil(lambda: "pattern" in dialog.states.sentence(), timeout=5_000)
    assert not dialog.go.isEnabled()


def test_what_is_missing_is_said_and_nothing_found_is_said(qtbot, dialog):
    assert dialog.states.sentence() == "Say what to look for."
    dialog.form.words.setText("elephant")
    sentence = "Nothing fits this rule."
    qtbot.waitUntil(lambda: dialog.states.sentence() == sentence, timeout=5_000)


def test_enter_on_a_passage_shows_it_in_its_text(qtbot, window, dialog):
    propose(qtbot, dialog, "tired", 3)
    dialog.list.activated.emit(dialog.list.model().index(1, 0))
    assert window.workspace.reading.tabs.current() == project_of(window).sources.find("P01").guid
    assert window.workspace.reading.view.selected_text() == "tired"


def test_a_coding_made_meanwhile_counts_as_coded_already(qtbot, window, dialog):
    propose(qtbot, dialog, "tired", 3)
    hit = dialog.list.proposals.proposal(0).hit
    code = project_of(window).codebook.find("Fatigue").guid
    project_of(window).codings.apply(code, hit.source, hit.start, hit.end)
    qtbot.waitUntil(lambda: dialog.list.proposals.already == 2, timeout=5_000)
    assert dialog.go.text() == "Code 1 passage"


def test_unticked_passages_stay_so_when_the_project_changes(qtbot, window, dialog):
    propose(qtbot, dialog, "tired", 3)
    dialog.list.proposals.tick([1], False)
    code_named(project_of(window), "Another")
    hit = dialog.list.proposals.proposal(0).hit
    code = project_of(window).codebook.find("Fatigue").guid
    project_of(window).codings.apply(code, hit.source, hit.start, hit.end)
    qtbot.waitUntil(lambda: dialog.list.proposals.already == 2, timeout=5_000)
    assert dialog.go.text() == "Code 0 passages"


def test_every_control_of_the_dialog_has_a_name(qtbot, dialog):
    propose(qtbot, dialog, "tired", 3)
    nameless = [w for w in focusable(dialog) if not (w.accessibleName() or _text(w) or _up(w))]
    assert nameless == []


def _text(widget) -> str:
    return str(getattr(widget, "text", str)())


def _up(widget) -> str:
    return widget.parentWidget().accessibleName()


def test_ten_thousand_passages_are_shown_and_ticked_at_once(qtbot, dialog):
    from time import process_time

    from qualcoder_sm.project.autocode import Proposal
    from qualcoder_sm.project.passages import Hit

    many = [
        Proposal(Hit("s", n * 10, n * 10 + 5, "was so", "tired", "then", 0, "", "turn 1"), False)
        for n in range(10_000)
    ]
    dialog.states.show_content()
    begun = process_time()
    dialog.list.proposals.show_proposals(many, {"s": "P01"})
    dialog.list.grab()
    dialog.list.tick_none()
    dialog.list.scrollToBottom()
    dialog.list.grab()
    assert process_time() - begun < 1.0
    assert dialog.list.proposals.ticked == 0


def test_enter_in_a_field_or_the_list_codes_nothing(qtbot, window, dialog):
    propose(qtbot, dialog, "tired", 3)
    press(qtbot, dialog.form.words, Key.Key_Return)
    press(qtbot, dialog.list, Key.Key_Return)
    assert project_of(window).codings.count() == 1
    assert dialog.isVisible()
