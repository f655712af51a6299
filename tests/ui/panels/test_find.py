"""Find in the text and in all texts, and code what was found."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from builders import add_coded, new_project
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from window_tools import CTRL, SHIFT, Key, focusable, open_in_window, press, write

from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.rules import Scope
from qualcoder_sm.project.search import SearchQuery
from qualcoder_sm.spans import Span
from qualcoder_sm.ui.panels.excerpts import Excerpts
from qualcoder_sm.ui.panels.find import FindPanel
from qualcoder_sm.ui.panels.find_model import FindModel, Hunt
from qualcoder_sm.ui.panels.find_review import ReviewDialog
from qualcoder_sm.ui.reading import ReadingView
from qualcoder_sm.ui.requests import Place

ONE = "[SYNTHETIC] We were [so tired of it]{Cost}.\nTired, and nobody asked.\nThe rota held."
TWO = "[SYNTHETIC] The rota made us tired 😀 and [proud]{Hope}."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = new_project(tmp_path)
    add_coded(project, "P01", ONE)
    add_coded(project, "P02", TWO)
    return project


@pytest.fixture(autouse=True)
def marks(monkeypatch: pytest.MonkeyPatch) -> dict[str, Sequence[Span]]:
    """The hits that the reading view was last told to mark."""
    told: dict[str, Sequence[Span]] = {"hits": ()}
    mark = ReadingView.set_search_hits

    def record(view: ReadingView, hits: Sequence[Span], current: Span | None = None) -> None:
        told["hits"] = hits
        mark(view, hits, current)

    monkeypatch.setattr(ReadingView, "set_search_hits", record)
    return told


@pytest.fixture
def window(qtbot, project: Project, tmp_path: Path):
    project.close()
    return open_in_window(qtbot, tmp_path / "study.qsm")


def project_of(window) -> Project:
    return window.workspace.context.project


def code(window, name: str) -> str:
    return project_of(window).codebook.find(name).guid


def read(window, name: str) -> None:
    window.workspace.open(Place(project_of(window).sources.find(name).guid, 0, 0))


def find(qtbot, window, words: str) -> FindPanel:
    window.workspace.find_all(words)
    panel = window.workspace.reading.below.find
    settled(qtbot, panel)
    return panel


def settled(qtbot, panel: FindPanel) -> None:
    qtbot.waitUntil(lambda: not panel.busy)


def rows(panel: FindPanel) -> list[str]:
    return [panel.found.index(row).data() for row in range(panel.found.rowCount())]


def marked(window, marks: dict[str, Sequence[Span]]) -> list[str]:
    """The words marked in the text as found."""
    text = window.workspace.reading.view.text()
    return [text[start:end] for start, end in marks["hits"]]


# In the text


def test_ctrl_f_finds_in_the_text_whatever_case_and_accents(qtbot, window, marks):
    read(window, "P01")
    press(qtbot, window.workspace.reading.view, (Key.Key_F, CTRL))
    bar = window.workspace.reading.below.bar
    assert bar.field.hasFocus()
    write(bar.field, "TÍRED")
    qtbot.waitUntil(lambda: bar.count.text() == "1 of 2")
    assert marked(window, marks) == ["tired", "Tired"]


def test_enter_goes_on_and_shift_enter_back_round_and_round(qtbot, window):
    read(window, "P01")
    bar = window.workspace.reading.below.bar
    bar.open_bar()
    write(bar.field, "tired")
    press(qtbot, bar.field, Key.Key_Return)
    assert bar.count.text() == "2 of 2"
    press(qtbot, bar.field, Key.Key_Return)
    assert bar.count.text() == "1 of 2"
    press(qtbot, bar.field, (Key.Key_Return, SHIFT))
    assert bar.count.text() == "2 of 2"


def test_f3_goes_on_from_the_text_while_the_bar_is_open(qtbot, window):
    read(window, "P01")
    reading = window.workspace.reading
    bar = reading.below.bar
    bar.open_bar()
    write(bar.field, "tired")
    bar.search()
    reading.view.setFocus()
    press(qtbot, reading.view, Key.Key_F3)
    assert bar.count.text() == "2 of 2"
    press(qtbot, reading.view, (Key.Key_F3, SHIFT))
    assert bar.count.text() == "1 of 2"
    assert reading.panes.is_open("left")


def test_esc_closes_the_bar_and_leaves_the_hit_selected(qtbot, window, marks):
    read(window, "P01")
    reading = window.workspace.reading
    reading.below.bar.open_bar()
    write(reading.below.bar.field, "nobody")
    reading.below.bar.search()
    press(qtbot, reading.below.bar.field, Key.Key_Escape)
    assert not reading.below.bar.isVisible()
    assert reading.view.selected_text() == "nobody"
    assert reading.view.hasFocus()
    assert marked(window, marks) == []


def test_what_is_not_there_is_told(qtbot, window):
    read(window, "P01")
    bar = window.workspace.reading.below.bar
    bar.open_bar()
    write(bar.field, "zebra")
    bar.search()
    assert bar.count.text() == "not in this text"
    assert not bar.on.isEnabled()


def test_the_bar_follows_to_another_text(qtbot, window):
    read(window, "P01")
    bar = window.workspace.reading.below.bar
    bar.open_bar()
    write(bar.field, "tired")
    bar.search()
    read(window, "P02")
    assert bar.count.text() == "1 of 1"


# In all texts


def test_hits_stand_by_source_with_their_number(qtbot, window):
    panel = find(qtbot, window, "tired")
    assert rows(panel) == ["P01, 2 hits", "tired", "Tired", "P02, 1 hit", "tired"]
    assert panel.count.text() == "3 hits in 2 sources"


def test_enter_in_the_field_and_arrows_reach_every_hit_and_pass_the_names(qtbot, window):
    panel = find(qtbot, window, "tired")
    press(qtbot, panel.field, Key.Key_Return)
    assert panel.list.hasFocus()
    places = []
    for _hit in range(3):
        places.append(panel.list.currentIndex().row())
        press(qtbot, panel.list, Key.Key_Down)
    assert places == [1, 2, 4]
    for _hit in range(3):
        press(qtbot, panel.list, Key.Key_Up)
    assert panel.field.hasFocus()


def test_enter_on_a_hit_goes_there_and_the_keyboard_stays(qtbot, window, marks):
    panel = find(qtbot, window, "tired")
    panel.list.setFocus()
    panel.list.go_to(4)
    press(qtbot, panel.list, Key.Key_Return)
    reading = window.workspace.reading
    assert reading.feed.source.name == "P02"
    assert reading.view.selected_text() == "tired"
    assert marked(window, marks) == ["tired"]
    assert panel.list.hasFocus()


def test_closing_the_pane_takes_the_marks_away(qtbot, window, marks):
    read(window, "P01")
    panel = find(qtbot, window, "tired")
    assert marked(window, marks) == ["tired", "Tired"]
    press(qtbot, panel.list, Key.Key_Escape)
    assert not panel.isVisible()
    assert marked(window, marks) == []


def test_a_pattern_is_read_as_one_when_it_is_ticked(qtbot, window):
    panel = find(qtbot, window, "r.ta")
    assert panel.states.sentence() == "Nothing matches “r.ta”."
    panel.regex.click()
    settled(qtbot, panel)
    assert rows(panel) == ["P01, 1 hit", "rota", "P02, 1 hit", "rota"]


def test_a_query_that_cannot_be_read_is_explained(qtbot, window):
    panel = find(qtbot, window, '"so tired')
    assert "A quotation mark is not closed." in panel.states.sentence()


def test_marks_of_the_words_before_are_gone_when_nothing_is_found(qtbot, window, marks):
    read(window, "P01")
    find(qtbot, window, "tired")
    find(qtbot, window, "((")
    assert marked(window, marks) == []


def test_a_search_can_be_narrowed_to_coded_text_and_to_a_source(qtbot, window):
    panel = find(qtbot, window, "tired")
    panel.where.codes.choose((code(window, "Cost"),))
    settled(qtbot, panel)
    assert rows(panel) == ["P01, 1 hit", "tired"]
    panel.where.codes.choose((code(window, "Hope"),))
    settled(qtbot, panel)
    assert panel.states.sentence() == "Nothing matches “tired”."


def test_text_coded_by_others_is_not_searched_while_their_work_is_hidden(qtbot, window):
    project = project_of(window)
    project.coders.add("Ben")
    window.workspace.sight.act_as("Ben")
    panel = find(qtbot, window, "tired")
    panel.where.codes.choose((code(window, "Cost"),))
    settled(qtbot, panel)
    assert panel.found.hits == 0
    window.workspace.sight.show_others(True)
    settled(qtbot, panel)
    assert panel.found.hits == 1


def test_hits_of_coded_text_follow_the_coding(qtbot, window):
    panel = find(qtbot, window, "tired")
    panel.where.codes.choose((code(window, "Cost"),))
    settled(qtbot, panel)
    source = project_of(window).sources.find("P02")
    project_of(window).codings.apply(code(window, "Cost"), source.guid, 0, source.characters)
    qtbot.waitUntil(lambda: panel.found.hits == 2)


def test_a_new_code_does_not_disturb_the_list(qtbot, window):
    panel = find(qtbot, window, "tired")
    panel.list.go_to(2)
    with qtbot.assertNotEmitted(panel.found.modelReset, wait=100):
        project_of(window).codebook.add("Another")
    assert panel.list.currentIndex().row() == 2


def test_a_search_can_be_narrowed_to_a_speaker(tmp_path: Path, qtbot):
    text = "[SYNTHETIC] Tired.\nTired too."
    units = (
        UnitDraft(0, 18, UnitKind.TURN, speaker="Kirsten"),
        UnitDraft(19, 29, UnitKind.TURN, speaker="INT"),
    )
    project = new_project(tmp_path)
    project.sources.add(Bundle((SourceDraft("P09", SourceKind.TRANSCRIPT, text, units),)))
    project.close()
    panel = find(qtbot, open_in_window(qtbot, tmp_path / "study.qsm"), "tired")
    panel.where.speakers.choose(("INT",))
    settled(qtbot, panel)
    assert rows(panel) == ["P09, 1 hit", "Tired"]
    assert panel.found.hit(1).start == 19


def test_the_quick_search_leads_to_all_hits(qtbot, window):
    field = window.workspace.search
    field.setFocus()
    write(field, "tired")
    qtbot.waitUntil(lambda: field.list.count() > 1)
    press(qtbot, field, *[Key.Key_Down] * field.list.count(), Key.Key_Return)
    panel = window.workspace.reading.below.find
    settled(qtbot, panel)
    assert panel.field.text() == "tired"
    assert panel.found.hits == 3


def test_every_control_of_the_pane_has_a_name(qtbot, window):
    panel = find(qtbot, window, "tired")
    window.workspace.reading.below.bar.open_bar()
    nameless = [
        widget
        for widget in focusable(window)
        if window.workspace.reading.below.isAncestorOf(widget)
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []
    spoken = panel.found.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("P01, paragraph 2.")


# Coding what was found


def review(qtbot, window, panel: FindPanel, scope: Scope) -> ReviewDialog:
    act = panel.code_units if scope is Scope.UNIT else panel.code_hits
    act.click()
    dialog = window.findChild(ReviewDialog)
    qtbot.waitUntil(lambda: dialog.list.proposals.rowCount() > 0)
    return dialog


def test_whole_turns_with_a_hit_are_coded_in_one_step_after_a_review(qtbot, window):
    panel = find(qtbot, window, "tired")
    before = project_of(window).audit.head()[0]
    dialog = review(qtbot, window, panel, Scope.UNIT)
    assert not dialog.go.isEnabled()
    dialog.code.choose(code(window, "Cost"))
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.list.proposals.tick([1], False)
    assert dialog.go.text() == "Code 2 passages"
    dialog.go.click()
    qtbot.waitUntil(lambda: project_of(window).audit.head()[0] == before + 1)
    text = {
        s.guid: project_of(window).sources.text(s.guid) for s in project_of(window).sources.all()
    }
    coded = [text[c.source][c.start : c.end] for c in project_of(window).codings.of_code(
        code(window, "Cost"))]  # fmt: skip
    assert sorted(coded) == [
        "[SYNTHETIC] The rota made us tired 😀 and proud.",
        "[SYNTHETIC] We were so tired of it.",
        "so tired of it",
    ]


def test_hits_that_carry_the_code_already_are_told_apart(qtbot, window):
    panel = find(qtbot, window, "tired")
    dialog = review(qtbot, window, panel, Scope.MATCH)
    dialog.code.choose(code(window, "Cost"))
    qtbot.waitUntil(lambda: dialog.list.proposals.already == 1)
    assert dialog.count.text() == "3 passages, 1 coded already"
    assert dialog.go.text() == "Code 2 passages"


def test_leaving_the_review_changes_nothing(qtbot, window):
    panel = find(qtbot, window, "tired")
    before = project_of(window).audit.head()
    dialog = review(qtbot, window, panel, Scope.MATCH)
    dialog.leave.click()
    assert project_of(window).audit.head() == before


# The model


def hunted(project: Project, words: str) -> FindModel:
    model = FindModel(Excerpts(project))
    hunt = Hunt(project, SearchQuery(words))
    over = False
    while not over:
        chunk = hunt.chunk(lambda _done, _total, _what: True)
        model.add(chunk)
        over = chunk.over
    return model


def test_the_model_keeps_the_rules_of_models(qtmodeltester, project: Project):
    model = hunted(project, "tired OR rota")
    assert model.hits == 5
    qtmodeltester.check(model)
    model.clear()
    qtmodeltester.check(model)


def test_many_hits_are_handed_out_in_parts(project: Project):
    add_coded(project, "P03", "[SYNTHETIC] tired " + "tired " * 5_000)
    model = hunted(project, "tired")
    assert model.hits == 5_004
    assert model.rowCount() < 5_000
    while model.canFetchMore(model.index(-1)):
        model.fetchMore(model.index(-1))
    assert model.rowCount() == 5_004 + 3
