"""The code palette: finding, choosing by keys, and staying off the selected words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListView
from pytestqt.qtbot import QtBot

from qualcoder_sm.model import Code
from qualcoder_sm.ui.reading.palette import CodePalette, placed
from qualcoder_sm.ui.reading.palette_filter import Where, entries_of, matches

CODES = [
    Code("acc", "Accessibility", "#009E73", codable=False),
    Code("reach", "Reaching the space", "#47B99A", parent="acc"),
    Code("barrier", "Access barrier", "#47B99A", parent="acc", brief_definition="Kept out."),
    Code("back", "Giving back", "#DA9FC0", definition="Accruing debts of thanks."),
    Code("mutual", "Mutual support", "#DA9FC0", favourite=4),
]


def names(query: str, recents: tuple[str, ...] = ()) -> list[str]:
    return [match.entry.code.guid for match in matches(entries_of(CODES), query, recents)]


def test_hits_in_names_come_before_paths_before_definitions() -> None:
    assert names("acc") == ["barrier", "reach", "back"]


def test_themes_that_cannot_be_applied_are_not_offered() -> None:
    assert "acc" not in names("accessibility")


def test_recent_use_decides_between_equals() -> None:
    assert names("", ("mutual", "back")) == ["mutual", "back", "reach", "barrier"]


def test_letters_with_others_between_them_find_a_name_last() -> None:
    [match] = matches(entries_of(CODES), "mtsp", ())
    assert match.entry.code.guid == "mutual"
    assert match.where is Where.LOOSE


def test_words_of_path_and_name_together_find_a_code() -> None:
    assert names("accessibility barrier") == ["barrier"]


@given(st.text(max_size=8))
def test_marks_lie_within_the_name(query: str) -> None:
    for match in matches(entries_of(CODES), query, ()):
        for start, end in match.name_marks:
            assert 0 <= start < end <= len(match.entry.name)


def test_a_thousand_codes_are_filtered_within_a_keystroke() -> None:
    codes = [
        Code(f"c{n}", f"Code number {n} of many", "#0072B2", definition="what it means " * 20)
        for n in range(1000)
    ]
    entries = entries_of(codes)
    began = time.process_time()
    for query in ("n", "numb", "many 7", "means", "zzz"):
        matches(entries, query, ())
    assert time.process_time() - began < 1.0  # far above what it takes, to hold on any machine


@pytest.fixture
def palette(qtbot: QtBot) -> CodePalette:
    found = CodePalette()
    qtbot.addWidget(found)
    found.open_for(CODES, (), QRect(100, 100, 300, 28), QRect(0, 0, 1440, 900))
    return found


def typed(palette: CodePalette, qtbot: QtBot, words: str) -> QLineEdit:
    field = palette.findChild(QLineEdit)
    assert field is not None
    qtbot.keyClicks(field, words)
    return field


def test_enter_chooses_the_first_and_closes(palette: CodePalette, qtbot: QtBot) -> None:
    field = typed(palette, qtbot, "acc")
    with qtbot.waitSignal(palette.chosen) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == ["barrier"]
    assert not palette.isVisible()


def test_control_enter_chooses_and_stays(palette: CodePalette, qtbot: QtBot) -> None:
    field = typed(palette, qtbot, "mutual")
    with qtbot.waitSignal(palette.chosen):
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert palette.isVisible()


def test_down_goes_to_the_next_code(palette: CodePalette, qtbot: QtBot) -> None:
    field = typed(palette, qtbot, "acc")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.chosen) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == ["reach"]


def test_the_last_row_makes_an_emergent_code(palette: CodePalette, qtbot: QtBot) -> None:
    field = typed(palette, qtbot, "tired of it")
    rows = palette.findChild(QListView)
    assert rows is not None
    assert rows.currentIndex().data() == "New code “tired of it”, marked as emergent"
    with qtbot.waitSignal(palette.created) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == ["tired of it"]


def test_esc_closes_and_chooses_nothing(palette: CodePalette, qtbot: QtBot) -> None:
    field = typed(palette, qtbot, "acc")
    with (
        qtbot.assertNotEmitted(palette.chosen),
        qtbot.waitSignal(palette.closed),
    ):
        qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_the_definition_of_the_current_code_stands_beside_it(
    palette: CodePalette, qtbot: QtBot
) -> None:
    typed(palette, qtbot, "barrier")
    assert any("Kept out." in label.text() for label in palette.findChildren(QLabel))


def test_every_row_and_field_has_a_name(palette: CodePalette) -> None:
    field, rows = palette.findChild(QLineEdit), palette.findChild(QListView)
    assert field is not None
    assert rows is not None
    assert field.accessibleName()
    assert rows.accessibleName()
    model = rows.model()
    spoken = [
        model.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(model.rowCount())
    ]
    assert "Mutual support, key 4" in spoken


@given(st.integers(0, 1200), st.integers(0, 860), st.integers(1, 500), st.integers(20, 200))
def test_it_opens_near_a_selection_but_never_over_it(x: int, y: int, w: int, h: int) -> None:
    selection, bounds = QRect(x, y, w, h), QRect(0, 0, 1440, 1100)
    assert not placed(QSize(720, 420), selection, bounds).intersects(selection)
