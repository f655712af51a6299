"""Links between codings: by key, by mouse, in the inspector, beside the text."""

from pathlib import Path

import pytest
from builders import add_coded, new_project
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from window_tools import CTRL, Key, open_in_window, press

from qualcoder_sm.model import Coding
from qualcoder_sm.project.links import CodingLink
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.linking import KindMenu
from qualcoder_sm.ui.panels.inspector_parts import CodingRow
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton
MARKED = "[SYNTHETIC] We made [a rota]{Rota}.\nNobody was [alone]{Care} then.\nIt wore us out."


@pytest.fixture
def window(qtbot, tmp_path: Path) -> MainWindow:
    project = new_project(tmp_path)
    source = add_coded(project, "P01", MARKED)
    add_coded(project, "P02", "[SYNTHETIC] And [here too]{Tired}.")
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.workspace.open(Place(source.guid, 0, 0))
    return window


def project_of(window: MainWindow) -> Project:
    return window.workspace.context.project


def coding(window: MainWindow, code: str) -> Coding:
    project = project_of(window)
    return project.codings.of_code(project.codebook.find(code).guid)[0]


def put_caret(window: MainWindow, words: str) -> None:
    view = window.workspace.reading.view
    start = view.text().index(words)
    view.select(start, start)


def choose(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window.findChildren(KindMenu)[-1], key)


def add_link(window: MainWindow, origin: str = "Rota", target: str = "Care") -> CodingLink:
    made = (coding(window, origin).guid, coding(window, target).guid)
    return project_of(window).links.add(*made, "leads to")


def link_by_keys(qtbot, window: MainWindow) -> None:
    view = window.workspace.reading.view
    put_caret(window, "rota")
    press(qtbot, view, Key.Key_L)
    put_caret(window, "alone")
    press(qtbot, view, Key.Key_L)


def test_two_presses_and_the_first_words_link_in_one_step(qtbot, window: MainWindow):
    before = project_of(window).audit.head()[0]
    link_by_keys(qtbot, window)
    choose(window, Key.Key_Return)
    [link] = project_of(window).links.all()
    assert (link.origin, link.target) == (coding(window, "Rota").guid, coding(window, "Care").guid)
    assert link.kind == "leads to"
    assert project_of(window).audit.head()[0] == before + 1
    press(qtbot, window, (Key.Key_Z, CTRL))
    assert project_of(window).links.all() == []


def test_other_words_are_typed_once_and_offered_first_from_then_on(
    qtbot, window: MainWindow, monkeypatch
):
    monkeypatch.setattr(messages, "ask_text", lambda *_: "wears out")
    link_by_keys(qtbot, window)
    choose(window, Key.Key_O)
    assert project_of(window).links.all()[0].kind == "wears out"
    assert window.workspace.reading.linking.kinds()[0] == "wears out"


def test_a_link_may_end_in_another_text(qtbot, window: MainWindow):
    reading = window.workspace.reading
    put_caret(window, "rota")
    press(qtbot, reading.view, Key.Key_L)
    window.workspace.open(Place(project_of(window).sources.find("P02").guid, 0, 0))
    put_caret(window, "here")
    press(qtbot, reading.view, Key.Key_L)
    choose(window, Key.Key_Return)
    [link] = project_of(window).links.all()
    assert link.target == coding(window, "Tired").guid


def test_the_key_again_on_the_same_coding_makes_no_link(qtbot, window: MainWindow):
    reading = window.workspace.reading
    put_caret(window, "rota")
    press(qtbot, reading.view, Key.Key_L, Key.Key_L)
    assert reading.linking.begun == ""
    assert window.workspace.status.said.text() == "No link was made."


def test_a_link_begun_at_a_coding_that_is_removed_is_forgotten(qtbot, window: MainWindow):
    reading = window.workspace.reading
    put_caret(window, "rota")
    press(qtbot, reading.view, Key.Key_L)
    project_of(window).codings.remove(coding(window, "Rota").guid)
    assert reading.linking.begun == ""


def test_the_same_link_twice_is_refused_with_a_sentence(qtbot, window: MainWindow):
    add_link(window)
    link_by_keys(qtbot, window)
    choose(window, Key.Key_Return)
    assert len(project_of(window).links.all()) == 1
    assert "already" in window.workspace.reading.banner.sentence()


def stripe_of(window: MainWindow, code: str) -> QPoint:
    """A point on the stripe of a coding."""
    view = window.workspace.reading.view
    wanted = coding(window, code)
    row = view.rect_of(wanted.start, wanted.end)[0].center().y()
    width = view.viewport().width()
    found = [
        QPoint(x, round(row))
        for x in range(0, width)
        if view.over_lanes(QPoint(x, round(row)))
        and view.coding_under(QPoint(x, round(row))) == wanted.guid
    ]
    return found[len(found) // 2]


def test_a_line_drawn_from_stripe_to_stripe_asks_how_and_links(qtbot, window: MainWindow):
    view = window.workspace.reading.view.viewport()
    start, end = stripe_of(window, "Rota"), stripe_of(window, "Care")
    qtbot.mousePress(view, LEFT, pos=start)
    qtbot.mouseMove(view, (start + end) / 2)
    qtbot.mouseRelease(view, LEFT, pos=end)
    choose(window, Key.Key_2)
    [link] = project_of(window).links.all()
    assert (link.kind, link.target) == ("explains", coding(window, "Care").guid)


def test_a_click_on_a_stripe_links_nothing_and_shows_the_coding(qtbot, window: MainWindow):
    reading = window.workspace.reading
    with qtbot.waitSignal(reading.view.codingActivated) as caught:
        qtbot.mouseClick(reading.view.viewport(), LEFT, pos=stripe_of(window, "Care"))
    assert caught.args == [coding(window, "Care").guid]
    assert project_of(window).links.all() == []


def end_beside(window: MainWindow, code: str) -> QPoint:
    return stripe_of(window, code) - QPoint(12, 0)


def test_an_arc_is_drawn_between_two_ends_in_sight(qtbot, window: MainWindow):
    view = window.workspace.reading.view
    window.workspace.reading.view.clearFocus()
    before = view.viewport().grab().toImage()
    add_link(window)
    after = view.viewport().grab().toImage()
    changed = [
        (x, y)
        for x in range(after.width())
        for y in range(after.height())
        if before.pixel(x, y) != after.pixel(x, y)
    ]
    lanes = stripe_of(window, "Rota").x()
    assert changed
    assert lanes - 24 < min(x for x, _ in changed) <= max(x for x, _ in changed) < lanes
    ends = [stripe_of(window, code).y() for code in ("Rota", "Care")]
    assert {y for _, y in changed} >= set(range(ends[0] + 2, ends[1] - 2))


def test_a_click_beside_a_linked_coding_goes_to_the_other_end(qtbot, window: MainWindow):
    add_link(window)
    add_link(window, "Care", "Tired")
    reading = window.workspace.reading
    qtbot.mouseClick(reading.view.viewport(), LEFT, pos=end_beside(window, "Rota"))
    assert reading.view.selected_text() == "alone"
    [first, second] = reading.view.links_at(end_beside(window, "Care"))
    assert first.words == "Rota leads to Care"
    assert second.words == "Care leads to Tired (P02)"


def test_a_deleted_coding_takes_its_links_off_the_page(window: MainWindow):
    add_link(window)
    place = end_beside(window, "Rota")
    assert window.workspace.reading.view.links_at(place)
    project_of(window).codings.remove(coding(window, "Care").guid)
    assert not window.workspace.reading.view.links_at(place)


def test_links_of_others_are_seen_when_their_codings_are(window: MainWindow):
    add_link(window)
    place = end_beside(window, "Rota")
    project_of(window).coders.add("Ben")
    window.workspace.sight.act_as("Ben")
    assert not window.workspace.reading.view.links_at(place)
    window.workspace.sight.show_others(True)
    assert window.workspace.reading.view.links_at(place)


def test_the_inspector_lists_links_goes_there_and_removes_them(qtbot, window: MainWindow):
    add_link(window, "Care", "Tired")
    reading = window.workspace.reading
    put_caret(window, "alone")
    section = reading.inspector.links
    qtbot.waitUntil(section.isVisible)
    [go] = section.findChildren(CodingRow)
    assert go.accessibleName() == "leads to Tired (P02)"
    go.setFocus()
    press(qtbot, go, Key.Key_Return)
    assert reading.view.selected_text() == "here too"
    words = "Care leads to this (P01)"
    name = f"Remove this link: {words}"

    def remover() -> QToolButton | None:
        tools = section.findChildren(QToolButton)
        return next((one for one in tools if one.accessibleName() == name), None)

    qtbot.waitUntil(lambda: remover() is not None)
    qtbot.mouseClick(remover(), LEFT)
    assert project_of(window).links.all() == []
    qtbot.waitUntil(section.isHidden)


def test_a_link_gets_a_memo(qtbot, window: MainWindow, monkeypatch):
    link = add_link(window)
    monkeypatch.setattr(messages, "ask_text", lambda *_: "Look again")
    put_caret(window, "rota")
    section = window.workspace.reading.inspector.links
    qtbot.waitUntil(section.isVisible)
    [memo] = [
        one
        for one in section.findChildren(QToolButton)
        if one.accessibleName().startswith("Memo on this link")
    ]
    qtbot.mouseClick(memo, LEFT)
    assert project_of(window).links.get(link.guid).memo == "Look again"


def test_esc_ends_a_link_that_was_begun(qtbot, window: MainWindow):
    reading = window.workspace.reading
    put_caret(window, "rota")
    press(qtbot, reading.view, Key.Key_L, Key.Key_Escape)
    assert reading.linking.begun == ""
