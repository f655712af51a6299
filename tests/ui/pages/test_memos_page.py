"""The memos: written without saving, found again, linked to passages."""

from pathlib import Path

import pytest
from builders import add_coded, add_text, code_named, new_project
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget
from window_tools import CTRL, SHIFT, Key, open_in_window, press, write

from qualcoder_sm.project.project import Project
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.pages import memo_links
from qualcoder_sm.ui.pages.memo_links import PassageLinks
from qualcoder_sm.ui.pages.memos import MemosPage
from qualcoder_sm.ui.pages.registry import MEMOS
from qualcoder_sm.ui.requests import MemoWish, Place
from qualcoder_sm.ui.window import MainWindow

TEXT = "[SYNTHETIC] We made a rota.\nNobody decided that alone."


@pytest.fixture
def study(tmp_path: Path) -> Path:
    project = new_project(tmp_path)
    add_text(project, "P01", TEXT)
    add_coded(project, "P02", "[tired]{Fatigue} again")
    project.notes.add("Old one", "About rotas.", "method")
    source = project.sources.find("P01").guid
    project.notes.add("Newer one", "Cafés.", "reflexive", "sources", source)
    project.close()
    return tmp_path / "study.qsm"


@pytest.fixture
def window(qtbot, study: Path) -> MainWindow:
    return open_in_window(qtbot, study)


def shown(qtbot, window: MainWindow) -> MemosPage:
    press(qtbot, window, (Key.Key_M, CTRL | SHIFT))
    return window.workspace.page(MEMOS)


def titles(page: MemosPage) -> list[str]:
    rows = page.list.model()
    return [rows.index(n, 0).data() for n in range(rows.rowCount())]


def notes(window: MainWindow):
    return window.workspace.context.project.notes


def test_the_key_shows_the_memos_newest_first_with_the_first_open(qtbot, window):
    page = shown(qtbot, window)
    assert window.workspace.stack.currentWidget() is page
    assert titles(page) == ["Newer one", "Old one"]
    assert page.editor.title.text() == "Newer one"
    assert page.editor.target.currentText() == "P01"


def test_every_model_of_the_list_keeps_the_rules_of_qt(qtbot, window, qtmodeltester):
    qtmodeltester.check(shown(qtbot, window).list.model())


@pytest.mark.parametrize(
    ("words", "kind", "table", "left"),
    [
        ("rota", "*", "*", ["Old one"]),
        ("p01", "*", "*", ["Newer one"]),
        ("", "reflexive", "*", ["Newer one"]),
        ("", "*", "", ["Old one"]),
        ("cafes", "*", "*", ["Newer one"]),
        ("nothing like it", "*", "*", []),
    ],
)
def test_words_and_choices_narrow_the_list(qtbot, window, words, kind, table, left):
    page = shown(qtbot, window)
    page.words.setText(words)
    for box, value in ((page.filter.kind, kind), (page.filter.about, table)):
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
    assert titles(page) == left
    assert page.none.isVisible() == (not left)


def test_choices_say_how_many_memos_they_have(qtbot, window):
    page = shown(qtbot, window)
    kinds = [page.filter.kind.itemText(n) for n in range(page.filter.kind.count())]
    assert kinds == ["all kinds", "method  1", "reflexive  1"]


def test_what_is_typed_is_on_the_disk_when_the_pen_rests_and_one_step_when_it_is_left(
    qtbot, window
):
    page, project = shown(qtbot, window), window.workspace.context.project
    before = project.audit.head()[0]
    for words, kept in (("First ", "First Cafés."), ("and second. ", "First and second. Cafés.")):
        write(page.editor.text, words)
        expected = [kept]
        qtbot.waitUntil(
            lambda wanted=expected: [one.text for one in project.notes.drafts()] == wanted,
            timeout=5_000,
        )
    assert project.audit.head()[0] == before
    page.words.setFocus()
    page.commit()
    assert notes(window).all()[0].text == "First and second. Cafés."
    assert project.notes.drafts() == []
    assert project.audit.head()[0] == before + 1


def test_a_draft_is_forgotten_when_what_was_typed_is_taken_back(qtbot, window):
    page = shown(qtbot, window)
    write(page.editor.text, "No")
    qtbot.waitUntil(lambda: len(notes(window).drafts()) == 1, timeout=5_000)
    page.editor.text.setPlainText("Cafés.")
    qtbot.waitUntil(lambda: notes(window).drafts() == [], timeout=5_000)
    assert notes(window).all()[0].text == "Cafés."


def test_a_memo_being_typed_when_the_program_ended_is_kept_at_the_next_opening(qtbot, study):
    project = Project.open(study)
    project.notes.draft(None, "Half a thought", kind="reflexive")
    project.close()
    window = open_in_window(qtbot, study)
    assert "Half a thought" in [note.text for note in notes(window).all()]
    assert notes(window).drafts() == []


def test_a_new_memo_is_no_memo_until_something_is_written(qtbot, window):
    page = shown(qtbot, window)
    page.add.click()
    page.commit()
    assert len(notes(window).all()) == 2
    write(page.editor.title, "Third")
    page.commit()
    assert {note.title for note in notes(window).all()} == {"Old one", "Newer one", "Third"}
    qtbot.waitUntil(lambda: len(titles(page)) == 3)


def test_words_typed_while_the_list_is_renewed_are_not_lost(qtbot, window):
    page = shown(qtbot, window)
    page.add.click()
    write(page.editor.title, "Third")
    page.commit()
    write(page.editor.text, "and on it goes")
    page.renew()
    assert page.editor.text.toPlainText() == "and on it goes"


def test_leaving_the_page_keeps_what_was_written(qtbot, window):
    page = shown(qtbot, window)
    write(page.editor.text, "Before leaving. ")
    press(qtbot, window, (Key.Key_1, CTRL))
    assert notes(window).all()[0].text == "Before leaving. Cafés."


def test_closing_the_project_keeps_what_was_written(qtbot, window, study):
    page = shown(qtbot, window)
    write(page.editor.text, "At the end. ")
    window.close_project()
    again = open_in_window(qtbot, study)
    assert notes(again).all()[0].text == "At the end. Cafés."


def test_a_memo_is_deleted_after_asking_and_comes_back_by_undo(qtbot, window, monkeypatch):
    asked = []
    monkeypatch.setattr(messages, "confirm", lambda _p, question, *_b: asked.append(question) or 1)
    page = shown(qtbot, window)
    page.editor.delete.click()
    assert asked == ["Delete the memo Newer one? You can undo this."]
    qtbot.waitUntil(lambda: titles(page) == ["Old one"])
    window.workspace.undo()
    qtbot.waitUntil(lambda: titles(page) == ["Newer one", "Old one"])


def test_a_memo_can_be_about_a_code(qtbot, window):
    page = shown(qtbot, window)
    code = window.workspace.context.project.codebook.find("Fatigue").guid
    window.workspace.reading.codebook.memoRequested.emit(code)
    write(page.editor.text, "Too wide.")
    page.commit()
    [note] = notes(window).about(code)
    assert note.text == "Too wide."
    assert page.editor.target.currentText() == "Fatigue"


def test_m_on_words_without_a_coding_begins_a_memo_that_links_to_them(qtbot, window):
    source = window.workspace.context.project.sources.find("P01")
    window.workspace.open(Place(source.guid, 0, 0))
    start = TEXT.index("rota")
    window.workspace.reading.view.select(start, start + 4)
    press(qtbot, window.workspace.reading.view, Key.Key_M)
    page = window.workspace.page(MEMOS)
    write(page.editor.title, "Rotas")
    page.commit()
    [note] = [one for one in notes(window).all() if one.title == "Rotas"]
    assert note.text.startswith(f"[[P01@{start}-{start + 4}]]")
    assert note.target == source.guid


def test_a_link_to_the_selected_passage_jumps_there(qtbot, window):
    source = window.workspace.context.project.sources.find("P01")
    window.workspace.open(Place(source.guid, 0, 0))
    start = TEXT.index("alone")
    window.workspace.reading.view.select(start, start + 5)
    page = shown(qtbot, window)
    page.editor.link.click()
    page.editor.set_mode(True)
    window.workspace.reading.view.select(0, 0)
    page.editor.reading.anchorClicked.emit(QUrl(f"passage:{source.guid}/{start}/{start + 5}"))
    assert window.workspace.stack.currentWidget() is window.workspace.reading
    assert window.workspace.reading.view.selected_text() == "alone"


def test_markdown_is_read_without_html_pictures_or_other_addresses(qtbot, window):
    page = shown(qtbot, window)
    went = []
    page.openRequested.connect(went.append)
    page.editor.text.setPlainText("**Bold** <b>not</b> ![x](http://example.org/a.png)")
    page.editor.set_mode(True)
    assert "Bold" in page.editor.reading.toPlainText()
    assert "<b>not</b>" in page.editor.reading.toPlainText()
    page.editor.reading.anchorClicked.emit(QUrl("http://example.org"))
    assert went == []


def test_without_any_memo_one_button_begins_the_first(qtbot, tmp_path):
    project = new_project(tmp_path)
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    page = shown(qtbot, window)
    assert page.states.sentence() == "No memo yet."
    page.states.acted.emit()
    write(page.editor.text, "The first thought.")
    page.commit()
    assert [note.text for note in notes(window).all()] == ["The first thought."]


def test_every_control_of_the_page_has_a_name(qtbot, window):
    from window_tools import focusable

    page = shown(qtbot, window)
    nameless = [w for w in focusable(page) if not _name(w)]
    assert nameless == []


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", str)
    parent = widget.parentWidget()
    return widget.accessibleName() or str(text()) or (parent.accessibleName() if parent else "")


def test_memos_on_codings_are_among_the_others_and_can_be_written_on(qtbot, window):
    project = window.workspace.context.project
    [coding] = project.codings.all()
    project.codings.set_memo(coding.guid, "Says it twice.")
    page = shown(qtbot, window)
    page.open_memo(coding.guid)
    assert "Says it twice." in titles(page)
    assert page.editor.title.isReadOnly()
    assert page.editor.target.currentText() == "Fatigue in P02, paragraph 1"
    write(page.editor.text, "Look: ")
    page.commit()
    assert project.codings.get(coding.guid).memo == "Look: Says it twice."
    assert len(notes(window).all()) == 2


def test_a_memo_on_the_coding_of_somebody_else_is_seen_with_the_coding_and_only_read(qtbot, window):
    project = window.workspace.context.project
    [coding] = project.codings.all()
    project.codings.set_memo(coding.guid, "Mine.")
    project.coders.add("Ben")
    window.workspace.sight.act_as("Ben")
    page = shown(qtbot, window)
    assert "Mine." not in titles(page)
    window.workspace.sight.show_others(True)
    qtbot.waitUntil(lambda: "Mine." in titles(page))
    page.open_memo(coding.guid)
    assert page.editor.text.isReadOnly()
    assert page.editor.text.toolTip() == "This is Ana’s coding. Nobody else can change it."


@pytest.mark.parametrize("name", ["P01", "P[0]1", "a@b", "_emphasis_"])
def test_a_link_is_read_back_whatever_the_source_is_called(tmp_path, name):
    project = new_project(tmp_path)
    place = Place(add_text(project, name, TEXT).guid, 3, 9)
    links = PassageLinks(project)
    text = f"See {links.written(place)}."
    assert links.place_at(text, 6) == place
    assert links.place_at(text, 1) is None
    assert f"(passage:{place.source}/3/9)" in links.as_markdown(text)


def test_a_link_to_a_source_that_is_gone_stays_as_it_was_written(tmp_path):
    links = PassageLinks(new_project(tmp_path))
    assert links.as_markdown("See [[P09@3-9]].") == "See [[P09@3-9]]."
    assert memo_links.place_of("http://example.org") is None


def test_a_wish_for_a_memo_about_a_coding_names_the_passage(qtbot, window):
    project = window.workspace.context.project
    [coding] = project.codings.all()
    window.workspace.tools.write_memo(MemoWish("codings", coding.guid))
    page = window.workspace.page(MEMOS)
    assert page.editor.target.currentText() == "Fatigue in P02, paragraph 1"
    assert code_named(project, "Fatigue").guid == coding.code
