"""Each page by its keys: its table is copied and taken over by Export, Esc leads out, menus open."""

from pathlib import Path

import pytest
from builders import add_coded, code_named, new_project
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from window_tools import CTRL, SHIFT, Key, open_in_window, project_of

from qualcoder_sm.reports.options import Cells
from qualcoder_sm.ui.pages.registry import MEMOS
from qualcoder_sm.ui.pages.widgets.choice import ChoiceBox
from qualcoder_sm.ui.window import MainWindow

ALT = Qt.KeyboardModifier.AltModifier
CODEBOOK, COMPARE, MATRIX, AUDIT, EXPORT = range(1, 6)
WITH_TABLES = (CODEBOOK, COMPARE, MATRIX, AUDIT, EXPORT, MEMOS)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Reciprocity > Giving back, Equality; two coders; a group that may only be paraphrased."""
    project = new_project(tmp_path)
    above = project.codebook.add("Reciprocity")
    project.codebook.add("Giving back", parent=above.guid)
    project.codebook.add("Equality")
    source = add_coded(project, "P01", "[SYNTHETIC] [A gift]{Giving back} for [each]{Equality}.")
    owls = project.collections.add("Night Owls", quote_rule="paraphrase")
    said = add_coded(project, "S01", "[SYNTHETIC] We [sat up]{Giving back} together.")
    project.sources.move(said.guid, owls.guid)
    project.cases.add("P01", "person", (source.guid,))
    for n in range(3):
        project.notes.add(f"Memo {n}", "[SYNTHETIC] I think.", "analytic" if n else "method")
    project.coders.add("Ben")
    project.act_as("Ben")
    project.codings.apply(code_named(project, "Equality").guid, source.guid, 0, 11)
    project.act_as("Ana")
    project.close()
    return tmp_path / "study.qsm"


@pytest.fixture
def window(qtbot, study: Path) -> MainWindow:
    made = open_in_window(qtbot, study)
    made.workspace.sight.act_as("Ana")
    return made


def shown(qtbot, window: MainWindow, number: int) -> QWidget:
    """A page, once it shows its content."""
    window.workspace.show_page(number)
    page = window.workspace.page(number)
    model = {CODEBOOK: "panel", COMPARE: "model", MATRIX: "model", AUDIT: "model"}.get(number)

    def filled() -> bool:
        if number == EXPORT:
            return page.preview.report.rowCount() > 0 and page.copy.isEnabled()
        return model is None or model == "panel" or getattr(page, model).rowCount() > 0

    qtbot.waitUntil(filled)
    return page


def copied(qtbot, window: MainWindow, writer) -> list[list[str]]:
    """What Ctrl+Alt+C puts on the clipboard, with its head."""
    with qtbot.waitSignal(writer.copied):
        QTest.keyClick(window.windowHandle(), Key.Key_C, CTRL | ALT)
    return [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]


def test_a_key_copies_the_table_of_each_page(qtbot, window):
    for number in WITH_TABLES:
        page = shown(qtbot, window, number)
        rows = copied(qtbot, window, page.writer)
        assert len(rows) > 2, number
        assert {len(row) for row in rows} == {len(rows[0])}, number


def test_without_a_table_the_key_says_so(qtbot, window):
    QTest.keyClick(window.windowHandle(), Key.Key_C, CTRL | ALT)
    assert window.workspace.status.said.text().startswith("There is no table here.")


# Lists as tables


def test_the_memos_listed_are_copied_with_what_they_were_narrowed_by(qtbot, window):
    page = shown(qtbot, window, MEMOS)
    page.filter.kind.setCurrentIndex(page.filter.kind.findData("analytic"))
    page.filter.kind.activated.emit(page.filter.kind.currentIndex())
    page.words.setText("think")
    rows = page.list.model()
    titles = [rows.index(n, 0).data() for n in range(rows.rowCount())]
    assert titles == ["Memo 2", "Memo 1"]
    assert [row[0] for row in copied(qtbot, window, page.writer)[1:]] == titles
    table = page.shown_table()(project_of(window))
    assert table.rows[0][1:4] == ("analytic", "", "Ana")
    assert table.provenance["memos"] == (
        "analytic, about anything, by everybody, but not on codings of Ben, with the words “think”"
    )


def test_the_codes_in_sight_are_copied_with_the_numbers_of_the_tree(qtbot, window):
    page = shown(qtbot, window, CODEBOOK)
    head, *rows = copied(qtbot, window, page.writer)
    names = [row[0] for row in rows]
    assert names == ["Reciprocity", "Reciprocity > Giving back", "Equality"]
    assert (head[-2], head[-1]) == ("codings", "with sub-codes (codings)")
    assert [row[-2:] for row in rows] == [["0", "2"], ["2", "2"], ["1", "1"]]  # Ben is not seen
    page.panel.tree.collapseAll()
    assert [row[0] for row in copied(qtbot, window, page.writer)[1:]] == ["Reciprocity", "Equality"]
    page.panel.filter.setText("back")
    assert [row[0] for row in copied(qtbot, window, page.writer)[1:]] == names[:2]
    window.workspace.sight.show_others(True)
    page.panel.filter.setText("")
    assert [row[-1] for row in copied(qtbot, window, page.writer)[1:]] == ["2", "2", "2"]


def test_the_passages_under_the_text_are_copied_as_they_may_be_published(qtbot, window):
    giving = code_named(project_of(window), "Giving back").guid
    window.workspace.show_passages(giving)
    panel = window.workspace.reading.below.segments
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    table = panel.shown_table()(project_of(window))
    assert [row[1] for row in table.rows] == ["A gift", "[to be paraphrased: S01, paragraph 1]"]
    assert table.provenance["filter"] == "code: Reciprocity > Giving back"
    QTest.keyClick(window.windowHandle(), Key.Key_C, CTRL | ALT)
    qtbot.waitUntil(lambda: "A gift" in QGuiApplication.clipboard().text())
    assert "sat up" not in QGuiApplication.clipboard().text()


# Export takes over


def test_export_begins_with_what_the_page_before_it_shows(qtbot, window):
    for number in (CODEBOOK, COMPARE, MATRIX, AUDIT, MEMOS):
        page = shown(qtbot, window, number)
        table = page.shown_table()(project_of(window))
        export = shown(qtbot, window, EXPORT)
        qtbot.waitUntil(lambda: export.preview.report.table.title == table.title)  # noqa: B023
        assert export.model.index(0).data() == f"{page.table_name.capitalize()}, as shown"
        assert export.preview.report.table.rows == table.rows
        assert export.preview.report.table.columns == table.columns
        assert copied(qtbot, window, export.writer)[1][0] == str(table.rows[0][0])
        assert not any(box.isVisible() for box in export.choices.findChildren(ChoiceBox))
        assert export.taken.text().startswith("As its page shows it.")


def test_export_takes_over_the_choices_and_folded_rows_of_the_matrix(qtbot, window):
    matrix = shown(qtbot, window, MATRIX)
    for box, value in (
        (matrix.rows, "main"),
        (matrix.columns, "source"),
        (matrix.count, Cells.CODINGS),
    ):
        with qtbot.waitSignal(matrix.model.modelReset):
            box.choose(value)
    export = shown(qtbot, window, EXPORT)
    qtbot.waitUntil(lambda: export.preview.report.table.key == "matrix")
    assert export.preview.report.table.rows[:2] == (("Reciprocity", 1, 1, 2), ("Equality", 1, 0, 1))
    export.choose("matrix")
    qtbot.waitUntil(lambda: export.preview.report.table.title == "Codes by source: codings")
    assert any(box.isVisible() for box in export.choices.findChildren(ChoiceBox))


def test_what_was_taken_over_goes_when_a_step_changes_the_project(qtbot, window):
    shown(qtbot, window, MATRIX)
    export = shown(qtbot, window, EXPORT)
    assert export.model.index(0).data() == "Matrix, as shown"
    project_of(window).codebook.add("A new one")
    qtbot.waitUntil(lambda: export.model.index(0).data() == "Coded segments")
    assert export.report.name == "segments"


# Esc


def test_esc_leads_from_every_page_back_to_the_text(qtbot, window):
    workspace = window.workspace
    for number in WITH_TABLES:
        page = shown(qtbot, window, number)
        assert page.isAncestorOf(window.focusWidget()), number
        QTest.keyClick(window.windowHandle(), Key.Key_Escape)
        assert workspace.stack.currentWidget() is workspace.reading, number
        assert window.focusWidget() is workspace.reading.view


def test_esc_leaves_a_field_before_it_leaves_the_page(qtbot, window):
    for number in (AUDIT, MEMOS):
        page = shown(qtbot, window, number)
        (page.filter.words if number == AUDIT else page.words).setFocus()
        QTest.keyClick(window.windowHandle(), Key.Key_Escape)
        assert window.workspace.stack.currentWidget() is page
        assert window.focusWidget() is page.list


def test_esc_stops_what_a_page_waits_for_before_it_leaves(qtbot, window):
    for number in (COMPARE, MATRIX, EXPORT):
        page = shown(qtbot, window, number)
        page.states.show_loading("Counting …")
        QTest.keyClick(window.windowHandle(), Key.Key_Escape)
        assert window.workspace.stack.currentWidget() is page
        assert page.states.sentence() == "Stopped. Nothing has been changed."


# Menus


def menu_of(window: MainWindow, view: QWidget) -> list[str]:
    """The entries of the menu that Shift+F10 opens, those greyed out in brackets."""
    view.setFocus()
    QTest.keyClick(window.windowHandle(), Key.Key_F10, SHIFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [one.text().split("\t")[0] for one in menu.actions()]
    said = [word if one.isEnabled() else f"({word})"
            for word, one in zip(words, menu.actions(), strict=True)]  # fmt: skip
    menu.close()
    return said


def test_the_menu_key_opens_the_menu_of_the_matrix_and_of_its_passages(qtbot, window):
    page = shown(qtbot, window, MATRIX)
    page.table.setCurrentIndex(page.model.index(0, 0))
    qtbot.waitUntil(lambda: page.drill.list.passages.rowCount() > 0)
    acts = ["Read the passages", "Open or close the code", "Copy table", "Export…"]
    assert menu_of(window, page.table) == acts
    page.drill.take_focus()
    assert menu_of(window, page.drill.list) == [
        "Go there", "Copy as quotation", "Copy all passages as a table"]  # fmt: skip
    QTest.keyClick(window.windowHandle(), Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().startswith("“A gift”")


def test_the_menu_key_opens_the_menus_of_lists_and_tables(qtbot, window):
    out, writing = ["Copy table", "Export…"], ["Copy table", "Write as Excel workbook…"]
    for number, view, acts in (
        (COMPARE, "table", ["Read the disagreements", *out]),
        (AUDIT, "list", ["Undo this step…", *out]),
        (MEMOS, "list", ["New memo", "Delete this memo…", *out]),
        (EXPORT, "reports", writing),
        (EXPORT, "preview", writing),
    ):
        page = shown(qtbot, window, number)
        found = menu_of(window, getattr(page, view))
        assert [one.strip("()") for one in found[: len(acts)]] == acts
        assert found[-1] == found[-1].strip("()")  # the table is there
