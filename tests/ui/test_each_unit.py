"""One key for a range of turns or posts: each becomes a coding of its own, in one step."""

from builders import code_named
from PySide6.QtCore import Qt
from window_tools import CTRL, TEXT, Key, open_text, press, project_of


def select(window, start: int, end: int) -> None:
    window.workspace.reading.view.select(start, end)


def test_each_paragraph_of_a_selection_is_coded_as_one_step(qtbot, window):
    source = open_text(window)
    project, reading = project_of(window), window.workspace.reading
    code = code_named(project, "Reciprocity").guid
    reading.codebook.select_key(code)
    first, second, _third = TEXT.split("\n")
    select(window, 3, len(first) + 5)
    steps = project.audit.head()[0]
    press(qtbot, reading.view, (Key.Key_U, CTRL))
    text = project.sources.text(source.guid)
    words = [text[one.start : one.end] for one in project.codings.of_source(source.guid)]
    assert words == [first, second]
    assert project.audit.head()[0] == steps + 1
    assert window.workspace.status.said.text() == "2 passages coded, 0 coded already."
    project.undo()
    assert project.codings.of_source(source.guid) == []


def test_without_a_selection_it_says_what_is_missing(qtbot, window):
    open_text(window)
    project, reading = project_of(window), window.workspace.reading
    reading.codebook.select_key(code_named(project, "Reciprocity").guid)
    reading.view.setFocus(Qt.FocusReason.OtherFocusReason)
    press(qtbot, reading.view, (Key.Key_U, CTRL))
    assert project.codings.all() == []
    assert "first." in window.workspace.status.said.text()
