"""Sets of codes in the window: kept from the choice of codes, chosen from the filter."""

import pytest
from builders import code_named
from window_tools import open_text, project_of

from qualcoder_sm.ui.panels.code_filter import CodesDialog, FilterButton, choose_codes


@pytest.fixture
def sight(window):
    open_text(window)
    return window.workspace.sight


def dialog_on(window, sight, *names) -> CodesDialog:
    project = project_of(window)
    sight.codes.choose([code_named(project, name).guid for name in names])
    return choose_codes(window, window.workspace.context, sight)


def test_chosen_codes_are_kept_as_a_set_and_seen(window, sight):
    dialog = dialog_on(window, sight, "Reciprocity")
    dialog.set_name.setText("Giving & taking")
    dialog.accept_choice()
    [kept] = project_of(window).sets.all()
    assert (kept.name, kept.codes) == ("Giving & taking", tuple(sight.codes.chosen))


def test_a_set_is_chosen_from_the_filter(window, sight):
    project = project_of(window)
    access = code_named(project, "Access barrier").guid
    project.sets.keep("Barriers", [access])
    button = window.findChild(FilterButton)
    button.menu().aboutToShow.emit()
    [action] = [one for one in button.menu().actions() if one.text() == "Set: Barriers"]
    action.trigger()
    assert sight.codes.shown() == {access}


def test_a_set_without_codes_is_refused_in_words(window, sight):
    dialog = dialog_on(window, sight)
    dialog.set_name.setText("Nothing")
    dialog.accept_choice()
    assert dialog.said.text() == "A set needs at least one code."
    assert project_of(window).sets.all() == []
