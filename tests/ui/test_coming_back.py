"""Coming back to a project, and what is said when its file is gone."""

from pathlib import Path

from builders import add_coded, new_project
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from window_tools import Key, open_in_window, press, write

from qualcoder_sm.settings import Settings
from qualcoder_sm.ui.bars import StatusBar
from qualcoder_sm.ui.command_palette import CommandPalette
from qualcoder_sm.ui.pages.start import RecentCard, StartPage
from qualcoder_sm.ui.requests import Place


def study(tmp_path: Path) -> Path:
    project = new_project(tmp_path)
    add_coded(project, "P01", "[one]{Help} and [two]{Rota} and some more")
    project.close()
    return tmp_path / "study.qsm"


def test_r_repeats_the_code_of_an_earlier_sitting(qtbot, tmp_path: Path) -> None:
    window = open_in_window(qtbot, study(tmp_path))
    project, view = window.workspace.context.project, window.workspace.reading.view
    window.workspace.open(Place(project.sources.all()[0].guid, 0, 0))
    qtbot.waitUntil(lambda: bool(view.text()))
    start = view.text().index("more")
    view.select(start, start + 4)
    press(qtbot, view, Key.Key_R)
    last = max(project.codings.all(), key=lambda coding: coding.start)
    assert project.codebook.get(last.code).name == "Rota"


def test_a_step_that_could_not_be_written_is_not_called_saved(qtbot, tmp_path: Path) -> None:
    path = study(tmp_path)
    window = open_in_window(qtbot, path)
    path.rename(tmp_path / "away.qsm")
    window.workspace.reading.codebook.steps.favour(
        window.workspace.context.project.codebook.find("Help").guid, 3
    )
    assert "was moved, deleted or replaced" in window.workspace.reading.banner.sentence()
    assert window.workspace.status.saved.text() == "The last step was not saved"
    (tmp_path / "away.qsm").rename(path)


def test_the_next_step_that_is_kept_says_so(qtbot) -> None:
    status = StatusBar()
    qtbot.addWidget(status)
    status.set_unsaved()
    status.set_trail(2, "3a4ef160", "09:12:00")
    assert status.saved.text().startswith("Every step is saved")


def test_the_palette_of_actions_says_when_nothing_matches(qtbot, tmp_path: Path) -> None:
    window = open_in_window(qtbot, study(tmp_path))
    window.show_actions()
    palette = window.findChild(CommandPalette)
    write(palette.field, "xyzzy")
    assert palette.list.item(0).text() == "No action matches “xyzzy”."
    press(qtbot, palette.field, Key.Key_Return)


def test_a_second_coder_brings_the_switch_for_the_codings_of_others(qtbot, tmp_path: Path) -> None:
    window = open_in_window(qtbot, study(tmp_path))
    project, reading = window.workspace.context.project, window.workspace.reading
    window.workspace.open(Place(project.sources.all()[0].guid, 0, 0))
    qtbot.waitUntil(lambda: bool(reading.view.text()))
    others = reading.texts.current.head.others
    assert not others.isVisible()
    project.coders.add("Benedikt")
    qtbot.waitUntil(others.isVisible)


def test_recent_projects_come_first_and_their_names_are_whole(qtbot, tmp_path: Path) -> None:
    there, gone = study(tmp_path), tmp_path / "gone.qsm"
    page = StartPage()
    qtbot.addWidget(page)
    page.show_settings(Settings(coder="Ana", recent=(str(there), str(gone))))
    page.resize(1100, 700)
    page.show()
    cards = page.findChildren(RecentCard)
    assert page.focusWidget() is cards[0]
    after = cards[0].nextInFocusChain()
    while after.focusPolicy() is Qt.FocusPolicy.NoFocus:
        after = after.nextInFocusChain()
    assert after is cards[1]
    for card in cards:
        line = max(child.fontMetrics().height() for child in card.findChildren(QLabel))
        assert card.contentsRect().height() >= line + 12
    assert "not found" in cards[1].accessibleName()


def test_enter_opens_the_recent_project_and_a_small_screen_squeezes_nothing(qtbot) -> None:
    page = StartPage()
    qtbot.addWidget(page)
    page.show_settings(Settings(coder="Ana", recent=("/nowhere/one.qsm",)))
    page.resize(640, 300)
    page.show()
    assert page.new.height() >= page.new.sizeHint().height()
    [card] = page.findChildren(RecentCard)
    with qtbot.waitSignal(page.recentRequested) as asked:
        press(qtbot, card, Key.Key_Return)
    assert asked.args == [card.path]
