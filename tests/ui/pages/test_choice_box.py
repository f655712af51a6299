import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListView

from qualcoder_sm.ui.pages.widgets.choice import ChoiceBox, Option

SOURCES = [Option("a", "Anna"), Option("b", "Berta"), Option("c", "Clara")]


def many(n: int) -> str:
    return f"{n} sources"


@pytest.fixture
def box(qtbot) -> ChoiceBox:
    made = ChoiceBox("Sources", many)
    qtbot.addWidget(made)
    made.set_options([Option("all", "all"), Option("done", "finished")], SOURCES)
    made.show()
    return made


def popup_list() -> QListView:
    popup = QApplication.activePopupWidget()
    assert popup is not None
    return popup.findChild(QListView)


def test_it_begins_with_the_first_preset_and_says_so_aloud(box):
    assert box.value == "all"
    assert box.accessibleName() == "Sources: all"


def test_enter_opens_the_list_and_the_arrows_choose(qtbot, box):
    qtbot.keyClick(box, Qt.Key.Key_Return)
    rows = popup_list()
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.chosen) as seen:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert seen.args == ["done"]
    assert QApplication.activePopupWidget() is None


def test_items_are_added_one_after_the_other(qtbot, box):
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    rows = popup_list()
    for row in (2, 4):
        rows.setCurrentIndex(rows.model().index(row, 0))
        qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert box.value == ("a", "c")
    assert box.text_of_value() == "Anna, Clara"
    qtbot.keyClick(rows, Qt.Key.Key_Escape)


def test_many_items_are_counted_instead_of_named(box):
    box.choose(("a", "b", "c"))
    assert box.text_of_value() == "3 sources"


def test_taking_the_last_item_away_goes_back_to_the_first_preset(box):
    box.choose(("b",))
    box.toggle("b")
    assert box.value == "all"


def test_a_value_that_is_no_longer_offered_goes_back_to_the_first_preset(box):
    box.choose(("c",))
    box.set_options([Option("all", "all")], SOURCES[:2])
    assert box.value == "all"


def test_choosing_what_is_chosen_tells_nobody(qtbot, box):
    with qtbot.assertNotEmitted(box.chosen):
        box.choose("all")


def test_a_long_list_can_be_filtered(qtbot, box):
    box.set_options([Option("all", "all")], [Option(n, f"Code {n}") for n in range(30)])
    box.open()
    popup = QApplication.activePopupWidget()
    qtbot.keyClicks(popup.findChild(QLineEdit), "code 2")
    rows = popup_list()
    assert rows.model().rowCount() == 11
    popup.close()
