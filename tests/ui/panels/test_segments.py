"""The passages pane: which passages, live while coding, what is done with them."""

from pathlib import Path

import pytest
from builders import add_coded, code_named, new_project
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from window_tools import CTRL, SHIFT, Key, focusable, open_in_window, press

from qualcoder_sm.model import Polarity
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.filters import Filter
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.panels.codebook_model import CodebookModel, code_items
from qualcoder_sm.ui.panels.excerpts import Excerpts
from qualcoder_sm.ui.panels.retrieval import renewed, retrieved
from qualcoder_sm.ui.panels.segments import SegmentsPanel
from qualcoder_sm.ui.panels.segments_model import SegmentsModel
from qualcoder_sm.ui.panels.segments_sentence import Where
from qualcoder_sm.ui.reading.content import CODINGS_MIME

ONE = "[SYNTHETIC] We [made a rota]{Rota} and [it wears people out]{Cost}.\n[Nobody asked]{Rota}."
TWO = "[SYNTHETIC] [A new rota]{Rota}, [and it holds]{Hope}."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = new_project(tmp_path)
    add_coded(project, "P01", ONE)
    add_coded(project, "P02", TWO)
    return project


@pytest.fixture
def window(qtbot, project: Project, tmp_path: Path):
    project.close()
    return open_in_window(qtbot, tmp_path / "study.qsm")


def project_of(window) -> Project:
    return window.workspace.context.project


def code(window, name: str) -> str:
    return project_of(window).codebook.find(name).guid


def words(panel: SegmentsPanel) -> list[str]:
    return [panel.model.index(row).data() for row in range(panel.model.rowCount())]


def passages(qtbot, window, *names: str) -> SegmentsPanel:
    """The pane with the passages of these codes."""
    window.workspace.reading.below.show_passages(*(code(window, name) for name in names))
    panel = window.workspace.reading.below.segments
    settled(qtbot, panel)
    return panel


def settled(qtbot, panel: SegmentsPanel) -> None:
    qtbot.waitUntil(lambda: not panel.busy)


def select(panel: SegmentsPanel, *rows: int) -> None:
    panel.list.setCurrentIndex(panel.model.index(rows[0]))
    for row in rows[1:]:
        flag = QItemSelectionModel.SelectionFlag.Select
        panel.list.selectionModel().select(panel.model.index(row), flag)


def test_the_passages_of_a_code_stand_in_the_order_of_the_material(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    assert words(panel) == ["made a rota", "Nobody asked", "A new rota"]
    assert panel.count.text() == "3 passages in 2 sources"
    assert panel.model.line(1).where == "P01, paragraph 2"


def test_the_menu_shows_the_passages_of_the_current_code(qtbot, window):
    window.workspace.reading.codebook.select_key(code(window, "Hope"))
    press(qtbot, window, (Key.Key_F, CTRL | SHIFT))
    panel = window.workspace.reading.below.segments
    settled(qtbot, panel)
    assert words(panel) == ["and it holds"]
    assert panel.list.hasFocus()


def test_codings_of_several_coders_on_the_same_words_are_counted_apart(qtbot, window):
    project = project_of(window)
    [coding] = project.codings.of_code(code(window, "Hope"))
    project.coders.add("Ben")
    project.act_as("Ben")
    project.codings.apply(coding.code, coding.source, coding.start, coding.end)
    window.workspace.sight.show_others(True)
    panel = passages(qtbot, window, "Hope")
    panel.sentence.coder.choose("any")
    settled(qtbot, panel)
    assert panel.count.text() == "1 passage in 1 source, 2 codings"


def test_others_are_not_offered_while_their_work_is_hidden(qtbot, window):
    project_of(window).coders.add("Ben")
    panel = passages(qtbot, window, "Rota")
    assert panel.sentence.coder.options() == ["me"]
    window.workspace.sight.show_others(True)
    assert panel.sentence.coder.options() == ["everybody", "me", "Ben"]


def test_sub_codes_can_be_left_out(qtbot, window):
    book = project_of(window).codebook
    book.move(book.find("Hope").guid, book.find("Rota").guid)
    panel = passages(qtbot, window, "Rota")
    assert len(words(panel)) == 4
    panel.sentence.below.choose(False)
    settled(qtbot, panel)
    assert len(words(panel)) == 3


def test_the_sentence_narrows_by_source_and_polarity(qtbot, window):
    project = project_of(window)
    [first, second, _third] = project.codings.of_code(code(window, "Rota"))
    for coding in (first, second):
        project.codings.set_polarity(coding.guid, Polarity.SUPPORTS)
    panel = passages(qtbot, window)
    panel.sentence.says.choose((Polarity.SUPPORTS,))
    settled(qtbot, panel)
    chosen = project.sources.get(first.source)
    expected = [c for c in (first, second) if c.source == chosen.guid]
    panel.sentence.where.choose((Where("source", chosen.guid),))
    settled(qtbot, panel)
    assert [panel.model.at(row).guid for row in range(panel.model.rowCount())] == [
        coding.guid for coding in expected
    ]


def test_codes_near_by_and_left_out(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    panel.sentence.near.choose((code(window, "Cost"),))
    settled(qtbot, panel)
    assert words(panel) == ["made a rota"]
    panel.sentence.without.choose((code(window, "Rota"),))
    settled(qtbot, panel)
    assert words(panel) == []
    assert panel.states.sentence() == "No passage of Rota fits this sentence."


def test_a_new_coding_appears_while_selection_stays(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    select(panel, 1)
    source = project_of(window).sources.find("P01")
    with qtbot.assertNotEmitted(panel.model.modelReset):
        project_of(window).codings.apply(code(window, "Rota"), source.guid, 0, 11)
        qtbot.waitUntil(lambda: panel.model.rowCount() == 4)
    assert words(panel)[0] == "[SYNTHETIC]"
    assert [coding.guid for coding in panel.selected()] == [panel.model.at(2).guid]
    assert panel.model.index(2).data() == "Nobody asked"


def test_undo_brings_a_removed_passage_back(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    select(panel, 0, 2)
    press(qtbot, panel.list, Key.Key_Delete)
    qtbot.waitUntil(lambda: words(panel) == ["Nobody asked"])
    assert window.workspace.status.said.text() == "2 codings removed. You can undo this."
    window.workspace.undo()
    qtbot.waitUntil(lambda: len(words(panel)) == 3)


def test_enter_goes_there_and_the_keyboard_stays(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    select(panel, 2)
    press(qtbot, panel.list, Key.Key_Return)
    reading = window.workspace.reading
    assert reading.feed.source.name == "P02"
    assert reading.view.selected_text() == "A new rota"
    assert panel.list.hasFocus()


def test_passages_are_recoded_through_the_palette_in_one_step(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    select(panel, 0, 1)
    before = project_of(window).audit.head()[0]
    press(qtbot, panel.list, Key.Key_C)
    assert panel.codes.isVisible()
    panel.codes.chosen.emit(code(window, "Hope"))
    qtbot.waitUntil(lambda: words(panel) == ["A new rota"])
    assert len(project_of(window).codings.of_code(code(window, "Hope"))) == 3
    assert project_of(window).audit.head()[0] == before + 1


def test_a_new_name_in_the_palette_makes_the_code_for_the_passages(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    select(panel, 0, 1)
    before = project_of(window).audit.head()[0]
    panel.codes.created.emit("Timetables")
    project = project_of(window)
    assert len(project.codings.of_code(code(window, "Timetables"))) == 2
    assert project.audit.head()[0] == before + 1


def test_polarity_is_turned_for_all_selected_in_one_step(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    select(panel, 0, 1)
    before = project_of(window).audit.head()[0]
    press(qtbot, panel.list, Key.Key_P)
    said = [c.polarity for c in project_of(window).codings.of_code(code(window, "Rota"))]
    assert said.count(Polarity.SUPPORTS) == 2
    assert project_of(window).audit.head()[0] == before + 1
    qtbot.waitUntil(lambda: panel.model.line(0).notes == "supports")


def test_letters_do_nothing_when_single_keys_are_off(qtbot, window):
    from dataclasses import replace

    preferences = window.preferences
    preferences.set(replace(preferences.settings, single_keys=False))
    panel = passages(qtbot, window, "Rota")
    select(panel, 0)
    press(qtbot, panel.list, Key.Key_P)
    assert all(c.polarity is None for c in project_of(window).codings.all())


def test_a_memo_is_written_in_the_inspector(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    select(panel, 1)
    press(qtbot, panel.list, Key.Key_M)
    reading = window.workspace.reading
    assert reading.view.selected_text() == "Nobody asked"
    assert reading.inspector.memo.field.hasFocus()


def test_passages_are_copied_with_their_places(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    select(panel, 0, 1)
    press(qtbot, panel.list, (Key.Key_C, CTRL))
    assert QGuiApplication.clipboard().text() == (
        "“made a rota”\nP01, paragraph 1 [Rota, Ana]\n\n“Nobody asked”\nP01, paragraph 2 [Rota, Ana]"
    )


def test_passages_dragged_onto_a_code_get_it(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    select(panel, 0, 1)
    data = panel.model.mimeData(panel.list.selectedIndexes())
    tree = window.workspace.reading.codebook.model
    target = tree.index_of(code(window, "Cost"))
    tree.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, target)
    assert len(project_of(window).codings.of_code(code(window, "Cost"))) == 3
    qtbot.waitUntil(lambda: words(panel) == ["A new rota"])


def test_codings_fall_onto_a_code_and_not_between_codes(qtbot, project: Project):
    from PySide6.QtCore import QMimeData, QModelIndex

    tree = CodebookModel()
    tree.fill(code_items(project, None, None))
    data = QMimeData()
    data.setData(CODINGS_MIME, b"one\ntwo")
    target = tree.index_of(project.codebook.find("Hope").guid)
    copy = Qt.DropAction.CopyAction
    assert tree.canDropMimeData(data, copy, -1, -1, target)
    assert not tree.canDropMimeData(data, copy, 1, 0, QModelIndex())
    with qtbot.waitSignal(tree.recodeRequested) as asked:
        tree.dropMimeData(data, copy, -1, -1, target)
    assert asked.args[0].codings == ("one", "two")


def test_another_coders_passage_is_not_changed_and_the_reason_is_told(qtbot, window):
    project = project_of(window)
    project.coders.add("Ben")
    window.workspace.sight.act_as("Ben")
    window.workspace.sight.show_others(True)
    panel = passages(qtbot, window, "Hope")
    panel.sentence.coder.choose("any")
    settled(qtbot, panel)
    select(panel, 0)
    press(qtbot, panel.list, Key.Key_Delete)
    assert "Ana’s coding" in window.workspace.reading.banner.sentence()


def test_a_renamed_code_is_named_anew_and_a_deleted_one_leaves_the_list(qtbot, window):
    panel = passages(qtbot, window, "Rota", "Hope")
    book = project_of(window).codebook
    book.rename(book.find("Rota").guid, "Timetable")
    qtbot.waitUntil(lambda: panel.model.line(0).code == "Timetable")
    book.remove(book.find("Hope").guid)
    qtbot.waitUntil(lambda: len(words(panel)) == 3)


def test_esc_closes_the_pane_and_the_keyboard_is_in_the_text(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    press(qtbot, panel.list, Key.Key_Escape)
    assert not panel.isVisible()
    assert window.workspace.reading.view.hasFocus()


def test_the_height_of_the_pane_is_remembered(qtbot, window, tmp_path: Path):
    panel = passages(qtbot, window, "Rota")
    split = panel.parentWidget().parentWidget()
    split.setSizes([300, 400])
    split.splitterMoved.emit(300, 1)
    height = panel.height()
    window.close_project()
    again = open_in_window(qtbot, tmp_path / "study.qsm")
    assert abs(passages(qtbot, again, "Rota").height() - height) < 3


def test_every_control_of_the_pane_has_a_name(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    panel.sentence.more.click()
    nameless = [
        widget
        for widget in focusable(window)
        if panel.isAncestorOf(widget)
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []
    spoken = panel.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Rota. P01, paragraph 1. Ana. made a rota"


def test_words_around_are_shown_on_demand(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    low = panel.list.visualRect(panel.model.index(0)).height()
    select(panel, 0)
    press(qtbot, panel.list, Key.Key_T)
    qtbot.waitUntil(lambda: panel.list.visualRect(panel.model.index(0)).height() > low)


def test_a_code_without_passages_leaves_the_keyboard_in_the_sentence(qtbot, window):
    project_of(window).codebook.add("Unused")
    panel = passages(qtbot, window, "Unused")
    assert panel.states.sentence() == "No passage of Unused fits this sentence."
    assert panel.sentence.codes.hasFocus()
    press(qtbot, panel.sentence.codes, Key.Key_Escape)
    assert not panel.isVisible()


def test_nothing_is_selected_at_first_so_that_del_takes_nothing(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    press(qtbot, panel.list, Key.Key_Delete)
    assert len(project_of(window).codings.of_code(code(window, "Rota"))) == 3
    assert window.workspace.status.said.text() == "Select some passages first."
    press(qtbot, panel.list, Key.Key_Return)
    assert window.workspace.reading.view.selected_text() == "made a rota"


def test_passages_of_a_deleted_source_leave_the_list(qtbot, window):
    panel = passages(qtbot, window, "Rota")
    project = project_of(window)
    project.sources.remove(project.sources.find("P01").guid)
    panel.list.viewport().repaint()
    qtbot.waitUntil(lambda: words(panel) == ["A new rota"])


def test_the_model_keeps_the_rules_of_models_while_passages_change(qtmodeltester, project: Project):
    excerpts = Excerpts(project)
    model = SegmentsModel(excerpts)
    qtmodeltester.check(model)
    model.show(retrieved(project, Filter(), excerpts.order()))
    qtmodeltester.check(model)
    source = project.sources.find("P01")
    project.codings.apply(code_named(project, "Hope").guid, source.guid, 3, 9)
    [gone] = project.codings.of_code(project.codebook.find("Cost").guid)
    project.codings.remove(gone.guid)
    touched = frozenset([source.guid])
    model.renew(renewed(project, Filter(), touched))
    everything = retrieved(project, Filter(), excerpts.order())
    assert list(model.codings) == list(everything.codings)
    assert model.totals.told == everything.totals.told
    assert model.rowCount() == 5
    qtmodeltester.check(model)


def test_a_long_list_is_handed_out_in_parts_and_still_follows(project: Project):
    source = project.sources.find("P01")
    hope, ana = project.codebook.find("Hope").guid, project.coder.guid
    seen = [at for at, sign in enumerate(project.sources.text(source.guid)) if not sign.isspace()]
    places = [(start, last + 1) for start in seen for last in seen if start <= last]
    with project.change("codebook.import", name="x", codes=5, what="x"):
        codes = [hope, *(project.codebook.add(name).guid for name in "ABCD")]
    project.codings.apply_all(
        [CodingDraft(code, source.guid, ana, *place) for code in codes for place in places][:4000]
    )
    excerpts = Excerpts(project)
    model = SegmentsModel(excerpts)
    model.show(retrieved(project, Filter(), excerpts.order()))
    assert model.rowCount() < len(model.codings) == 4005
    last = project.codings.of_source(project.sources.find("P02").guid)[-1]
    project.codings.remove(last.guid)
    touched = frozenset([last.source])
    model.renew(renewed(project, Filter(), touched))
    assert len(model.codings) == 4004
    model.fetch_all()
    assert model.rowCount() == 4004
