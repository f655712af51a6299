"""Texts that are too long, in one line, of odd characters, or written from the right."""

from pathlib import Path

import pytest
from builders import add_text, code_named, new_project
from window_tools import CTRL, SHIFT, Key, open_in_window, press

from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.window import MainWindow

HEBREW = "[SYNTHETIC] שלום לכולם, אנחנו כאן יחד כל הלילה."
ARABIC = "مرحبا بالجميع، نحن هنا معا طوال الليل."
JAPANESE = "皆さん、こんばんは。私たちは一晩中ここにいます。"


def opened(qtbot, tmp_path: Path, text: str) -> tuple[MainWindow, Project]:
    project = new_project(tmp_path)
    source = add_text(project, "P01", text)
    project.codebook.set_favourite(code_named(project, "Care").guid, 1)
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.workspace.open(Place(source.guid, 0, 0))
    return window, window.workspace.context.project


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "x" * 1_000_000,
        "".join(map(chr, [*range(1, 32), 127, 0x2028, 0xFEFF])) * 40 + " and words",
        "e\u0301\u0302\u0303" * 3_000,
    ],
    ids=["a million characters in one line", "in one word", "control characters", "marks"],
)
def test_it_opens_is_walked_and_coded_at_its_end(qtbot, tmp_path: Path, text: str):
    window, project = opened(qtbot, tmp_path, text)
    view = window.workspace.reading.view
    press(qtbot, view, (Key.Key_End, CTRL), Key.Key_PageUp, Key.Key_PageDown, (Key.Key_End, CTRL))
    press(qtbot, view, (Key.Key_Left, CTRL | SHIFT), (Key.Key_Left, CTRL | SHIFT), Key.Key_1)
    [coding] = project.codings.all()
    assert coding.end == len(view.text().rstrip()) or coding.end == len(view.text())
    assert window.isVisible()


@pytest.mark.parametrize("words", [HEBREW, ARABIC, JAPANESE], ids=["hebrew", "arabic", "japanese"])
def test_a_sentence_of_another_script_is_coded_as_it_stands(qtbot, tmp_path: Path, words: str):
    window, project = opened(qtbot, tmp_path, f"{words}\nAnd an English line.")
    view = window.workspace.reading.view
    press(qtbot, view, (Key.Key_Home, CTRL), Key.Key_U, Key.Key_1)
    [coding] = project.codings.all()
    assert view.text()[coding.start : coding.end] == words


def test_a_turn_from_the_right_stands_at_the_right_and_english_at_the_left(qtbot, tmp_path: Path):
    window, _project = opened(qtbot, tmp_path, f"{ARABIC}\nAnd an English line.")
    view = window.workspace.reading.view
    arabic = view.rect_of(0, len(ARABIC))
    english = view.rect_of(len(ARABIC) + 1, len(ARABIC) + 4)
    assert min(rect.left() for rect in arabic) > english[0].left() + 100
    first = view.rect_of(0, 1)[0]
    assert first.right() == max(rect.right() for rect in arabic)


def test_words_of_two_directions_are_two_rectangles_on_a_line(qtbot, tmp_path: Path):
    text = "We said שלום לכולם to all."
    window, _project = opened(qtbot, tmp_path, text)
    view = window.workspace.reading.view
    start = text.index("said")
    rects = view.rect_of(start, text.index("לכולם") - 1)
    assert len(rects) == 2
    assert len({rect.top() for rect in rects}) == 1
    assert rects[0].right() < rects[1].left() or rects[1].right() < rects[0].left()


def test_japanese_wraps_within_the_measure(qtbot, tmp_path: Path):
    window, _project = opened(qtbot, tmp_path, JAPANESE * 12)
    view = window.workspace.reading.view
    rects = view.rect_of(0, len(JAPANESE) * 12)
    assert len(rects) > 3
    widths = [rect.width() for rect in rects[:-1]]
    assert max(widths) - min(widths) < 60
