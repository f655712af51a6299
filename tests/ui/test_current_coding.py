"""Which coding keys act on: the one made, pressed or gone to last, as the inspector shows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import with_favourites
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from window_tools import CTRL, Key, open_in_window, press

from qualcoder_sm.model import Coding
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.panels.inspector_parts import CodingRow
from qualcoder_sm.ui.reading import Missing, ReadingView
from qualcoder_sm.ui.reading.content import CODE_MIME
from qualcoder_sm.ui.requests import Place

TEXT = "[SYNTHETIC] We made a rota for all.\nNobody was alone then, or nearly so."
NAMES = ("Care", "Rota", "Voice", "Work", "Place", "Time")
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = with_favourites(tmp_path, TEXT, NAMES)
    yield project
    project.close()


def select(view: ReadingView, words: str) -> None:
    start = TEXT.index(words)
    view.select(start, start + len(words))


def digit(number: int) -> Qt.Key:
    """The key of a favourite."""
    return Key(Key.Key_0 + number)


def marked(project: Project) -> list[str]:
    """The names of the codes whose codings have a polarity, in the order of the text."""
    return [name_of(project, one) for one in project.codings.all() if one.polarity]


def name_of(project: Project, coding: Coding) -> str:
    return project.codebook.get(coding.code).name


def test_p_marks_the_coding_just_made_however_many_are_there(qtbot, project, view):
    for words, *digits in (("We made", 1, 2, 3, 4), ("a rota", 4, 3, 2, 1), ("for all", 5, 6, 1, 2),
                           ("Nobody", 2, 6, 3), ("alone", 6, 4), ("nearly", 2, 1, 5)):  # fmt: skip
        select(view, words)
        press(qtbot, view, *map(digit, digits), Key.Key_P)
    assert marked(project) == ["Work", "Care", "Rota", "Voice", "Work", "Place"]


def test_m_is_about_the_coding_just_made(qtbot, project, pane, view):
    asked: list[str] = []
    pane.desk.memoWanted.connect(asked.append)
    for words, *digits in (("We made", 1, 2, 3, 4), ("a rota", 4, 3, 2, 1), ("for all", 5, 6, 2)):
        select(view, words)
        press(qtbot, view, *map(digit, digits), Key.Key_M)
    names = [name_of(project, project.codings.get(guid)) for guid in asked]
    assert names == ["Work", "Care", "Rota"]


def test_the_coding_just_made_is_current_where_the_selection_ends_in_white_space(
    qtbot, project, view
):
    select(view, "made a rota ")
    press(qtbot, view, Key.Key_2, Key.Key_1, Key.Key_P)
    assert marked(project) == ["Care"]


def test_a_code_on_more_words_than_an_older_coding_is_the_current_one(qtbot, project, view):
    select(view, "rota")
    press(qtbot, view, Key.Key_1)
    select(view, "made a rota for all")
    press(qtbot, view, Key.Key_2, Key.Key_P)
    assert marked(project) == ["Rota"]


def test_a_coding_done_again_after_undo_is_the_current_one(qtbot, project, view):
    select(view, "made a rota")
    press(qtbot, view, Key.Key_1, Key.Key_2, Key.Key_3)
    project.undo()
    project.redo()
    press(qtbot, view, Key.Key_P)
    assert marked(project) == ["Voice"]


def test_a_code_dropped_on_another_unit_is_the_current_one(qtbot, project, view):
    select(view, "made a rota")
    press(qtbot, view, Key.Key_1)
    code = project.codebook.find("Voice").guid
    start = TEXT.index("alone")
    point = QPointF(view.rect_of(start, start + 5)[0].center())
    data = code_data(code)
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    view.dropEvent(QDropEvent(point, Qt.DropAction.CopyAction, data, no_button, no_key))
    press(qtbot, view, Key.Key_P)
    assert marked(project) == ["Voice"]
    assert view.selected_text() == "Nobody was alone then, or nearly so."


def code_data(code: str) -> QMimeData:
    data = QMimeData()
    data.setData(CODE_MIME, code.encode())
    return data


def test_the_end_that_keys_move_is_that_of_the_coding_just_made(qtbot, project, view):
    select(view, "made a rota")
    press(qtbot, view, Key.Key_2, Key.Key_1, (Key.Key_Right, ALT))
    ends = {name_of(project, one): TEXT[one.start : one.end] for one in project.codings.all()}
    assert ends == {"Rota": "made a rota", "Care": "made a rota for"}


def test_l_and_f_are_about_the_coding_just_made(qtbot, project, view):
    asked: list[str] = []
    view.linkRequested.connect(asked.append)
    view.followRequested.connect(asked.append)
    select(view, "made a rota")
    press(qtbot, view, Key.Key_3, Key.Key_1, Key.Key_2, Key.Key_L, Key.Key_F)
    assert [name_of(project, project.codings.get(guid)) for guid in asked] == ["Rota", "Rota"]


def test_del_names_the_coding_just_made_first(qtbot, project, pane, view):
    select(view, "made a rota")
    press(qtbot, view, Key.Key_3, Key.Key_1, Key.Key_2)
    with qtbot.waitSignal(pane.desk.removalUnclear) as caught:
        press(qtbot, view, Key.Key_Delete)
    names = [name_of(project, project.codings.get(guid)) for guid in caught.args[0]]
    assert names[0] == "Rota" and sorted(names) == ["Care", "Rota", "Voice"]


def test_brackets_reach_every_coding_also_those_that_begin_together(qtbot, project, view):
    for words, key in (("made a rota for", Key.Key_1), ("made a rota", Key.Key_2),
                       ("made", Key.Key_3), ("alone", Key.Key_4)):  # fmt: skip
        select(view, words)
        press(qtbot, view, key)
    view.select(0, 0)
    seen = []
    for key in [Key.Key_BracketRight] * 4 + [Key.Key_BracketLeft] * 3:
        press(qtbot, view, key)
        seen.append(name_of(project, view.current_coding()))
    assert seen == ["Care", "Rota", "Voice", "Work", "Voice", "Rota", "Care"]
    press(qtbot, view, Key.Key_P)
    assert marked(project) == ["Care"]


def test_a_coding_pressed_at_its_last_letter_is_the_current_one(qtbot, project, view):
    for words, key in (("rota", Key.Key_1), (" for", Key.Key_2)):
        select(view, words)
        press(qtbot, view, key)
    end = TEXT.index("rota") + 4
    edge = view.rect_of(end - 1, end)[0]
    point = QPoint(round(edge.right()) - 1, round(edge.center().y()))
    QTest.mouseClick(view.viewport(), LEFT, pos=point)
    press(qtbot, view, Key.Key_P)
    assert marked(project) == ["Care"]


def test_a_stripe_that_is_pressed_is_the_current_coding(qtbot, project, view):
    for words, key in (("made a rota for all", Key.Key_1), ("made", Key.Key_2)):
        select(view, words)
        press(qtbot, view, key)
    row = round(view.rect_of(0, 5)[0].center().y())
    lanes = [QPoint(x, row) for x in range(view.viewport().width())
             if view.over_lanes(QPoint(x, row))]  # fmt: skip
    for code in ("Rota", "Care"):
        guid = next(c.guid for c in project.codings.all() if name_of(project, c) == code)
        stripe = next(point for point in lanes if view.coding_under(point) == guid)
        QTest.mouseClick(view.viewport(), LEFT, pos=stripe)
        assert view.current_coding().guid == guid


def test_the_coding_of_another_coder_is_not_changed_nor_one_beside_it(qtbot, project, sight, view):
    select(view, "made a rota")
    press(qtbot, view, Key.Key_1)
    hers = project.codings.all()[0]
    sight.act_as("Ben")
    sight.show_others(True)
    press(qtbot, view, Key.Key_2)
    view.choose(hers.guid)
    missed: list[Missing] = []
    view.missed.connect(missed.append)
    press(qtbot, view, Key.Key_P, Key.Key_Delete, (Key.Key_Right, ALT))
    assert missed == [Missing.THEIRS] * 3
    assert marked(project) == []
    assert project.codings.count() == 2


def test_r_repeats_what_the_acting_coder_used_not_the_one_before(qtbot, project, pane, view, sight):
    said: list[str] = []
    pane.desk.said.connect(said.append)
    select(view, "made a rota")
    press(qtbot, view, Key.Key_1)
    sight.act_as("Ben")
    select(view, "alone")
    press(qtbot, view, Key.Key_R)
    assert project.codings.count() == 1
    assert said == ["No code has been used yet, so there is none to repeat."]


def test_the_inspector_shows_the_coding_that_keys_act_on(qtbot, tmp_path: Path, project):
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    project, reading = window.workspace.context.project, window.workspace.reading
    window.workspace.open(Place(project.sources.find("P01").guid, 0, 0))
    select(reading.view, "made a rota")
    press(qtbot, reading.view, Key.Key_2, Key.Key_3, Key.Key_1)

    def rows() -> dict[str, CodingRow]:
        found = reading.inspector.findChildren(CodingRow)
        return {row.accessibleName().split(",")[0]: row for row in found if row.isVisible()}

    def current() -> list[str]:
        return [name for name, row in rows().items() if row.property("row") == "selected"]

    qtbot.waitUntil(lambda: current() == ["Care"])
    qtbot.mouseClick(rows()["Rota"], LEFT)
    reading.view.setFocus()
    press(qtbot, reading.view, Key.Key_P, Key.Key_M)
    assert marked(project) == ["Rota"]
    qtbot.waitUntil(lambda: current() == ["Rota"])
    QTest.keyClicks(reading.inspector.memo.field, "why")
    press(qtbot, reading.inspector.memo.field, (Key.Key_Return, CTRL))
    assert [name_of(project, one) for one in project.codings.with_memo()] == ["Rota"]
