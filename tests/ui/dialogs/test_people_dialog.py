"""Speakers and authors: roles, cases, names, who is one, and a name taken out for good."""

import gc
import weakref
from pathlib import Path

import pytest
from builders import new_project, speakers
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QMenu
from window_tools import CTRL, Key, focusable, open_in_window, press

from qualcoder_sm.project.project import Project
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.dialogs import people as people_dialog
from qualcoder_sm.ui.dialogs.merge_people import MergePeopleDialog
from qualcoder_sm.ui.dialogs.people import PeopleDialog
from qualcoder_sm.ui.dialogs.take_out import TakeOutDialog
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.window import MainWindow

TURNS = (("Int", "Who?"), ("Jane", "Me."), ("P10", "And me."), ("P2", "Me too."))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = new_project(tmp_path)
    speakers(project, "P01", TURNS)
    speakers(project, "P02", TURNS[:2])
    project.cases.add("Case 1")
    project.people.set_role(project.people.find("P2").guid, "admin")
    return project


@pytest.fixture
def dialog(qtbot, project: Project, context_of) -> PeopleDialog:
    dialog = PeopleDialog(context_of(project))
    qtbot.addWidget(dialog)
    dialog.undoRequested.connect(project.undo)
    dialog.show()
    return dialog


@pytest.fixture
def window(qtbot, project: Project) -> MainWindow:
    project.close()
    return open_in_window(qtbot, project.path)


def rows(dialog: PeopleDialog) -> list[list[str]]:
    model = dialog.table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_everybody_has_a_row_with_role_case_and_what_they_said(dialog, qtmodeltester):
    assert rows(dialog) == [
        ["Int", "interviewer", "", "2", "2", "8"],
        ["Jane", "participant", "", "2", "2", "6"],
        ["P2", "admin", "", "1", "1", "7"],
        ["P10", "participant", "", "1", "1", "7"],
    ]
    spoken = dialog.table.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Jane, participant, 2 turns and posts in 2 sources"
    assert dialog.count.text() == "4 people"
    qtmodeltester.check(dialog.people)


def test_numbers_sort_as_numbers_and_names_by_the_numbers_in_them(project, dialog):
    dialog.table.sortByColumn(5, Qt.SortOrder.DescendingOrder)
    assert [row[5] for row in rows(dialog)] == ["8", "7", "7", "6"]
    dialog.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [row[0] for row in rows(dialog)] == ["P10", "P2", "Jane", "Int"]


def test_the_filter_looks_at_names_roles_and_cases(qtbot, dialog):
    qtbot.keyClicks(dialog.search, "ADM")
    assert [row[0] for row in rows(dialog)] == ["P2"]
    assert dialog.count.text() == "1 of 4 people"
    dialog.search.setText("nobody")
    assert dialog.current() is None
    assert not dialog.rename.isEnabled()


def choose(dialog: PeopleDialog, box, text: str) -> None:
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def test_a_role_is_chosen_or_typed_and_undone_by_key(qtbot, project, dialog):
    dialog.choose(project.people.find("Jane").guid)
    choose(dialog, dialog.role, "other")
    assert project.people.find("Jane").role == "other"
    assert dialog.current().key == "Jane"
    assert rows(dialog)[1][1] == "other"
    field = dialog.role.lineEdit()
    field.selectAll()
    qtbot.keyClicks(field, "the chair")
    press(qtbot, field, Key.Key_Return)
    assert project.people.find("Jane").role == "the chair"
    assert dialog.isVisible()
    choose(dialog, dialog.role, "not known")
    assert project.people.find("Jane").role == ""
    dialog.activateWindow()
    for role in ("the chair", "other", "participant"):
        press(qtbot, dialog.table, (Key.Key_Z, CTRL))
        qtbot.waitUntil(lambda role=role: dialog.current().role == role)


def test_a_case_is_given_and_taken_away(project, dialog):
    dialog.choose(project.people.find("Jane").guid)
    choose(dialog, dialog.case, "Case 1")
    assert rows(dialog)[1][2] == "Case 1"
    choose(dialog, dialog.case, "no case")
    assert project.people.find("Jane").case is None


def test_looking_at_somebody_changes_nothing(project, dialog):
    before = project.audit.head()
    for key in ("P2", "Int", "Jane"):
        dialog.choose(project.people.find(key).guid)
        dialog.role.setFocus()
        dialog.table.setFocus()
    assert project.audit.head() == before


def test_f2_renames(qtbot, project, dialog, monkeypatch):
    monkeypatch.setattr(messages, "ask_text", lambda *asked: f"{asked[3]} now")
    dialog.choose(project.people.find("Jane").guid)
    press(qtbot, dialog.table, Key.Key_F2)
    assert dialog.current().key == "Jane now"


def test_a_name_that_is_taken_is_refused_and_merging_offered(qtbot, project, dialog, monkeypatch):
    monkeypatch.setattr(messages, "ask_text", lambda *asked: "P10")
    offered = []
    monkeypatch.setattr(
        people_dialog, "choose_person", lambda *asked: offered.append(asked[3]) or ""
    )
    dialog.choose(project.people.find("Jane").guid)
    dialog.rename.click()
    assert "merge “Jane” into “P10”" in dialog.banner.sentence()
    dialog.banner.actionRequested.emit()
    dialog.merge.click()
    assert offered == ["P10", ""]


def test_who_is_one_becomes_one(qtbot, project, dialog, monkeypatch):
    into = project.people.find("P10").guid
    monkeypatch.setattr(people_dialog, "choose_person", lambda *asked: into)
    dialog.choose(project.people.find("Jane").guid)
    dialog.merge.click()
    assert [row[0] for row in rows(dialog)] == ["Int", "P2", "P10"]
    assert dialog.current().guid == into
    project.undo()
    qtbot.waitUntil(lambda: len(rows(dialog)) == 4)


def test_the_merge_says_what_moves(qtbot, project):
    dialog = MergePeopleDialog(None, project, project.people.find("Jane"), "P2")
    qtbot.addWidget(dialog)
    assert dialog.target() == project.people.find("P2").guid
    assert dialog.preview.text() == (
        "2 turns and posts of Jane become those of P2. P2 stays admin. You can undo this."
    )
    assert dialog.others.count() == 3


def taking_out(project: Project, dialog: PeopleDialog, *fields: str) -> TakeOutDialog:
    dialog.choose(project.people.find("Jane").guid)
    dialog.take_out.click()
    found = dialog.findChild(TakeOutDialog)
    for field, text in zip((found.key, found.reason, found.name), fields, strict=False):
        field.setText(text)
    return found


def test_a_name_is_taken_out_for_good_and_the_report_says_what_is_left(
    qtbot, project, dialog, home
):
    project.notes.add("About Jane", "she")
    found = taking_out(project, dialog, "P01", "asked for it")
    assert found.name.text() == "Jane"
    found.go.click()
    qtbot.waitUntil(lambda: found.told.text() != "", timeout=10_000)
    assert "The content of 2 steps was removed from the audit trail." in found.told.text()
    assert "It still stands in the memo “About Jane” (title)." in found.told.text()
    assert found.leave.text() == "Close"
    found.leave.click()
    qtbot.waitUntil(lambda: [row[0] for row in rows(dialog)] == ["Int", "P01", "P2", "P10"])
    assert project.audit.records()[-1].reason == "asked for it"
    assert project.history.undoable() is None


def test_what_is_refused_is_said_above_the_fields(qtbot, project, dialog):
    found = taking_out(project, dialog, "P01", "Jane asked")
    found.go.click()
    qtbot.waitUntil(lambda: found.banner.isVisible(), timeout=10_000)
    assert found.banner.sentence().startswith("The reason holds the name")
    assert found.go.isEnabled()
    assert project.people.find("Jane")


@pytest.mark.parametrize("fields", [("", "why"), ("P01", " "), ("P01", "why", "")])
def test_all_three_lines_are_needed_and_enter_does_nothing(qtbot, project, dialog, fields):
    found = taking_out(project, dialog, *fields)
    assert not found.go.isEnabled()
    found.name.setText("Jane")
    found.key.setText("P01")
    found.reason.setText("why")
    assert found.go.isEnabled()
    press(qtbot, found.reason, Key.Key_Return)
    assert found.isVisible()
    assert project.people.find("Jane")


def test_it_is_reached_from_the_menu_and_the_sources_and_the_text_follows(qtbot, window):
    workspace = window.workspace
    project = workspace.context.project
    workspace.open(Place(project.sources.find("P01").guid, 0, 0))
    window.commands["sources.people"].trigger()
    dialog = window.findChild(PeopleDialog)
    dialog.choose(project.people.find("Jane").guid)
    choose(dialog, dialog.role, "other")
    assert workspace.reading.feed.units[1].role == "other"
    press(qtbot, dialog.table, (Key.Key_Z, CTRL))
    assert workspace.reading.feed.units[1].role == "participant"
    workspace.tools.show_people()
    assert window.findChildren(PeopleDialog) == [dialog]
    dialog.close()
    qtbot.waitUntil(lambda: window.findChild(PeopleDialog) is None)
    panel = workspace.reading.sources
    panel.tree.customContextMenuRequested.emit(panel.tree.rect().center())
    [menu] = panel.findChildren(QMenu)[:1]
    [action] = [one for one in menu.actions() if one.text() == "Speakers…"]
    action.trigger()
    assert window.findChild(PeopleDialog).isVisible()


def test_a_project_open_for_reading_is_only_shown(qtbot, project, context_of):
    reading = Project.open(project.path, read_only=True)
    dialog = PeopleDialog(context_of(reading))
    qtbot.addWidget(dialog)
    assert dialog.current().key == "Int"
    acts = (dialog.rename, dialog.merge, dialog.take_out, dialog.role, dialog.case)
    assert not any(part.isEnabled() for part in acts)
    press(qtbot, dialog.table, Key.Key_F2)
    project.close()


def test_every_control_has_a_name(project, dialog):
    for top in (dialog, taking_out(project, dialog)):
        nameless = [
            type(widget).__name__
            for widget in focusable(top)
            if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        ]
        assert nameless == []


@pytest.mark.parametrize("size", [(720, 410)])
def test_on_a_small_screen_everything_is_in_reach(project, dialog, size):
    for top in (dialog, taking_out(project, dialog)):
        assert top.minimumSizeHint().width() <= size[0]
        assert top.minimumSizeHint().height() <= size[1]


def test_closed_it_leaves_nothing_behind(qtbot, project, context_of):
    dialog = PeopleDialog(context_of(project))
    dialog.show()
    alive = weakref.ref(dialog)
    dialog.close()
    del dialog
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert alive() is None
