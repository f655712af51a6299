"""The codebook pane: rows that follow the project, renaming, moving, merging, deleting."""

from pathlib import Path

import pytest
from builders import add_coded, code_named, new_project
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtWidgets import QLineEdit
from window_tools import Key, open_in_window, press

from qualcoder_sm import settings
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.panels.codebook import CodebookPanel
from qualcoder_sm.ui.panels.codebook_model import CodebookModel, code_items
from qualcoder_sm.ui.reading.content import CODE_MIME, CODINGS_MIME, SELECTION_MIME
from qualcoder_sm.ui.workspace import CODEBOOK

MOVE = Qt.DropAction.MoveAction


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = new_project(tmp_path)
    for name in ("Equality", "Reciprocity", "Diversity"):
        project.codebook.add(name)
    for name in ("Assets", "Levelling"):
        project.codebook.add(name, parent=project.codebook.find("Equality").guid)
    return project


@pytest.fixture
def window(qtbot, project: Project, tmp_path: Path):
    project.close()
    return open_in_window(qtbot, tmp_path / "study.qsm")


def panel_of(window) -> CodebookPanel:
    return window.workspace.reading.codebook


def project_of(window) -> Project:
    return window.workspace.context.project


def filled(project: Project) -> CodebookModel:
    model = CodebookModel()
    model.fill(code_items(project, None, None))
    return model


def names(model: CodebookModel, above: str = "") -> list[str]:
    parent = model.index_of(above) if above else QModelIndex()
    return [model.index(row, 0, parent).data() for row in range(model.rowCount(parent))]


def test_the_model_keeps_the_rules_of_models_while_codes_change(qtmodeltester, project: Project):
    model = filled(project)
    qtmodeltester.check(model)
    book = project.codebook
    book.move(book.find("Levelling").guid, None, 0)
    model.fill(code_items(project, None, None))
    book.remove(book.find("Diversity").guid)
    book.rename(book.find("Reciprocity").guid, "Giving back")
    book.move(book.find("Equality").guid, book.find("Giving back").guid)
    model.fill(code_items(project, None, None))
    qtmodeltester.check(model)
    assert names(model) == ["Levelling", "Giving back"]
    assert names(model, book.find("Giving back").guid) == ["Equality"]
    assert names(model, book.find("Equality").guid) == ["Assets"]


def test_a_sibling_that_moves_up_is_moved_and_not_made_anew(qtbot, project: Project):
    model = filled(project)
    book = project.codebook
    book.move(book.find("Diversity").guid, None, 0)
    with qtbot.waitSignal(model.rowsMoved), qtbot.assertNotEmitted(model.rowsInserted):
        model.fill(code_items(project, None, None))
    assert names(model) == ["Diversity", "Equality", "Reciprocity"]


def test_many_new_codes_come_as_one_reset(qtbot, project: Project):
    model = filled(project)
    with project.change("codebook.import", name="x", codes=400):
        for number in range(400):
            project.codebook.add(f"Code {number}")
    with qtbot.waitSignal(model.modelReset):
        model.fill(code_items(project, None, None))
    assert model.rowCount() == 403


def test_counts_hold_the_codes_below(tmp_path: Path):
    project = new_project(tmp_path)
    add_coded(project, "P01", "[one]{Assets} and [two]{Equality}")
    book = project.codebook
    book.move(book.find("Assets").guid, book.find("Equality").guid)
    rows = {item.value.code.name: item.value for item in code_items(project, None, None)}
    assert (rows["Equality"].total, rows["Assets"].total) == (2, 1)
    assert rows["Equality"].spoken == "Equality, 0 here, 2 in all"
    project.close()


def test_a_code_dropped_on_another_asks_to_hang_below_it(qtbot, project: Project):
    model = filled(project)
    book = project.codebook
    code, target = book.find("Diversity").guid, book.find("Reciprocity").guid
    data = model.mimeData([model.index_of(code)])
    with qtbot.waitSignal(model.moveRequested) as asked:
        model.dropMimeData(data, MOVE, -1, -1, model.index_of(target))
    assert (asked.args[0].code, asked.args[0].parent) == (code, target)


def test_a_code_dropped_between_its_siblings_counts_the_others_only(qtbot, project: Project):
    model = filled(project)
    code = project.codebook.find("Equality").guid
    data = model.mimeData([model.index_of(code)])
    with qtbot.waitSignal(model.moveRequested) as asked:
        model.dropMimeData(data, MOVE, 3, 0, QModelIndex())
    request = asked.args[0]
    project.codebook.move(request.code, request.parent, request.position)
    model.fill(code_items(project, None, None))
    assert names(model) == ["Reciprocity", "Diversity", "Equality"]


def test_a_code_cannot_fall_below_itself(project: Project):
    model = filled(project)
    book = project.codebook
    data = QMimeData()
    data.setData(CODE_MIME, book.find("Equality").guid.encode())
    below = model.index_of(book.find("Assets").guid)
    assert not model.canDropMimeData(data, MOVE, -1, -1, below)


def test_a_passage_dropped_on_a_code_asks_to_apply_it(qtbot, project: Project):
    model = filled(project)
    code = project.codebook.find("Diversity").guid
    data = QMimeData()
    data.setData(SELECTION_MIME, b"source-guid 3 9")
    with qtbot.waitSignal(model.dropRequested) as asked:
        model.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, model.index_of(code))
    request = asked.args[0]
    assert (request.code, request.source, request.start, request.end) == (
        code, "source-guid", 3, 9)  # fmt: skip


def test_f2_renames_in_place(qtbot, window):
    panel = panel_of(window)
    code = project_of(window).codebook.find("Diversity").guid
    panel.select_key(code)
    panel.tree.setFocus()
    panel.rename()
    editor = panel.tree.findChild(QLineEdit)
    editor.setText("Many voices")
    press(qtbot, editor, Key.Key_Return)
    qtbot.waitUntil(lambda: project_of(window).codebook.get(code).name == "Many voices")
    qtbot.waitUntil(lambda: panel.index_of(code).data() == "Many voices")


def test_a_name_that_is_taken_is_refused_on_top_of_the_text(qtbot, window):
    panel = panel_of(window)
    panel.select_key(project_of(window).codebook.find("Diversity").guid)
    panel.rename()
    editor = panel.tree.findChild(QLineEdit)
    editor.setText("Equality")
    press(qtbot, editor, Key.Key_Return)
    banner = window.workspace.reading.banner
    qtbot.waitUntil(banner.isVisible)
    assert banner.sentence() == "There is already a code named “Equality” there."


def test_what_is_open_and_current_stays_when_codes_change(qtbot, window):
    panel, book = panel_of(window), project_of(window).codebook
    equality, assets = book.find("Equality").guid, book.find("Assets").guid
    panel.tree.expand(panel.index_of(equality))
    panel.select_key(assets)
    book.move(equality, book.find("Reciprocity").guid)
    panel.refresh()
    assert panel.tree.isExpanded(panel.index_of(equality))
    assert panel.current_key() == assets


def test_the_filter_keeps_the_parents_of_hits(window):
    panel = panel_of(window)
    panel.filter.setText("lev")
    shown = panel.proxy
    assert shown.rowCount() == 1
    top = shown.index(0, 0)
    assert top.data() == "Equality"
    assert [shown.index(row, 0, top).data() for row in range(shown.rowCount(top))] == ["Levelling"]


def test_typing_a_letter_jumps_to_a_code(qtbot, window):
    panel = panel_of(window)
    panel.tree.setFocus()
    press(qtbot, panel.tree, Key.Key_D)
    assert panel.tree.currentIndex().data() == "Diversity"


def test_deleting_a_code_says_what_goes_and_keeps_it_when_that_is_wanted(
    qtbot, tmp_path, monkeypatch
):
    project = new_project(tmp_path)
    add_coded(project, "P01", "[one]{Equality} [two]{Equality}")
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    asked: list[tuple[str, str, str]] = []
    answers = [None, "unused since the pilot"]

    def answer(_parent, question: str, yes: str, no: str) -> str | None:
        asked.append((question, yes, no))
        return answers[len(asked) - 1]

    monkeypatch.setattr(messages, "confirm_because", answer)
    panel = panel_of(window)
    panel.select_key(project_of(window).codebook.find("Equality").guid)
    panel.delete()
    assert project_of(window).codings.count() == 2
    panel.delete()
    assert project_of(window).codings.count() == 0
    assert project_of(window).audit.records()[-1].reason == "unused since the pilot"
    assert asked[0] == (
        "Delete Equality? 2 codings by 1 coder go with it. You can undo this.",
        "Delete code and 2 codings",
        "Keep",
    )


def test_merging_moves_the_codings_in_one_step(qtbot, tmp_path, monkeypatch):
    project = new_project(tmp_path)
    add_coded(project, "P01", "[one]{Help} [two]{Reciprocity}")
    target = code_named(project, "Reciprocity").guid
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    monkeypatch.setattr(
        "qualcoder_sm.ui.panels.code_steps.choose_target", lambda *_: (target, "the same")
    )
    panel = panel_of(window)
    panel.select_key(project_of(window).codebook.find("Help").guid)
    panel.merge()
    assert [coding.code for coding in project_of(window).codings.all()] == [target, target]
    assert project_of(window).audit.records()[-1].reason == "the same"


def test_a_colour_and_a_key_are_given_from_the_menu(window):
    panel, book = panel_of(window), project_of(window).codebook
    code = book.find("Diversity").guid
    panel.select_key(code)
    menu = panel.menu()
    menu.recolourRequested.emit("#664455")
    menu.favouriteRequested.emit(7)
    assert (book.get(code).color, book.get(code).favourite) == ("#664455", 7)


def test_an_empty_codebook_says_what_to_do(qtbot, tmp_path: Path):
    new_project(tmp_path).close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    assert panel_of(window).begin.isVisible()
    assert panel_of(window).begin.text() == "Write the first code…"


def shown_names(panel: CodebookPanel, above: QModelIndex | None = None) -> list[str]:
    parent = above or QModelIndex()
    return [panel.proxy.index(row, 0, parent).data() for row in range(panel.proxy.rowCount(parent))]


def test_siblings_are_sorted_by_name_within_their_parent_and_that_is_remembered(qtbot, window):
    panel, book = panel_of(window), project_of(window).codebook
    before = [code.guid for code in book.codes()]
    assert shown_names(panel) == ["Equality", "Reciprocity", "Diversity"]
    panel.order_menu.actions()[1].trigger()
    assert shown_names(panel) == ["Diversity", "Equality", "Reciprocity"]
    assert shown_names(panel, panel.index_of(book.find("Equality").guid)) == ["Assets", "Levelling"]
    assert settings.load().code_order == "name"
    assert [code.guid for code in book.codes()] == before
    window.workspace.show_page(CODEBOOK)
    assert shown_names(window.workspace.page(CODEBOOK).panel) == shown_names(panel)


def test_sorted_by_use_the_most_used_comes_first_and_the_rows_follow_a_coding(qtbot, tmp_path):
    project = new_project(tmp_path)
    add_coded(project, "P01", "[one]{Help} [two]{Reciprocity} [three]{Reciprocity} [four]{Zeal}")
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    panel, here = panel_of(window), project_of(window)
    panel.order_menu.actions()[2].trigger()
    assert shown_names(panel) == ["Reciprocity", "Help", "Zeal"]
    zeal, [source] = here.codebook.find("Zeal").guid, here.sources.all()
    for start in range(2):
        here.codings.apply(zeal, source.guid, start, start + 2)
    qtbot.waitUntil(lambda: shown_names(panel) == ["Zeal", "Reciprocity", "Help"])


def test_in_a_sorted_view_a_code_can_be_hung_elsewhere_but_not_put_between_its_siblings(
    project: Project,
):
    model = filled(project)
    code = project.codebook.find("Diversity").guid
    other = model.index_of(project.codebook.find("Reciprocity").guid)
    data = model.mimeData([model.index_of(code)])
    assert model.canDropMimeData(data, MOVE, 0, 0, QModelIndex())
    model.sorted_view = True
    assert not model.canDropMimeData(data, MOVE, 0, 0, QModelIndex())
    assert model.canDropMimeData(data, MOVE, -1, -1, other)


def test_a_theme_takes_codes_but_no_passages(project: Project):
    theme = project.codebook.add("Theme", codable=False).guid
    model = filled(project)
    passage, moved = QMimeData(), QMimeData()
    passage.setData(SELECTION_MIME, b"source 0 5")
    moved.setData(CODINGS_MIME, b"coding")
    code = model.mimeData([model.index_of(project.codebook.find("Diversity").guid)])
    where, other = model.index_of(theme), model.index_of(project.codebook.find("Equality").guid)
    for data in (passage, moved):
        assert not model.canDropMimeData(data, MOVE, -1, -1, where)
        assert model.canDropMimeData(data, MOVE, -1, -1, other)
    assert model.canDropMimeData(code, MOVE, -1, -1, where)
