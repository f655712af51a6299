"""What stands out in the overview, and what is numbered in the margin."""

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from qualcoder_sm.model import SourceKind, Unit, UnitKind
from qualcoder_sm.ui.reading import Numbers, ReadingView, SourceContent
from qualcoder_sm.ui.reading.document import Document
from qualcoder_sm.ui.reading.metrics import Metrics, ReadingStyle
from qualcoder_sm.ui.reading.minimap import Minimap
from qualcoder_sm.ui.theme import LIGHT

TURNS = [f"[SYNTHETIC] Turn number {n} of some words that go on a little." for n in range(40)]


def nearness(view: ReadingView, color: str) -> float:
    """How near the overview comes to this colour: 1 when it holds it, 0 for its ground."""
    image: QImage = view.findChild(Minimap).grab().toImage()
    wanted = QColor(color)
    nearest = min(
        _apart(image.pixelColor(x, y), wanted)
        for x in range(31, image.width())
        for y in range(image.height())
    )
    return 1 - nearest / _apart(wanted, QColor(LIGHT.hex.panel))


def _apart(one: QColor, other: QColor) -> int:
    return sum(abs(a - b) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))


def test_a_marked_code_stands_out_and_the_others_are_faint(
    opened, transcript_of, coding_of, qtbot: QtBot
) -> None:
    source = transcript_of(TURNS)
    first, last = source.units[3], source.units[30]
    view = opened(
        source,
        coding_of("a", first.start, first.end, code="say"),
        coding_of("b", last.start, last.end, code="help"),
    )
    qtbot.waitUntil(lambda: nearness(view, "#0072B2") > 0.9)
    view.set_marked(["help"])
    qtbot.waitUntil(lambda: nearness(view, "#CC79A7") > 0.9)
    assert nearness(view, "#0072B2") < 0.6
    view.set_marked(None)
    qtbot.waitUntil(lambda: nearness(view, "#0072B2") > 0.9)


@pytest.mark.parametrize("numbers", [Numbers.UNITS, Numbers.LINES])
def test_numbers_are_painted_in_the_margin_and_change_nothing_else(
    opened, transcript_of, on_screen, numbers: Numbers
) -> None:
    view = opened(transcript_of(TURNS))
    on_screen(view)
    before = on_screen(view)
    view.set_numbers(numbers)
    after = on_screen(view)
    changed = [
        x
        for x in range(before.width())
        if any(before.pixel(x, y) != after.pixel(x, y) for y in range(before.height()))
    ]
    assert changed
    assert changed[-1] < view.caret_area().left()
    view.set_numbers(Numbers.NONE)
    assert on_screen(view) == before


def test_a_line_number_is_that_of_the_stored_text() -> None:
    text = "one\n\ntwo\nmore of it\nthree"
    spans = [(0, 3), (5, 19), (20, 25)]
    units = tuple(
        Unit(f"u{n}", "s", n, start, end, UnitKind.TURN, "ABC"[n])
        for n, (start, end) in enumerate(spans)
    )
    content = SourceContent("s", text, units, SourceKind.TRANSCRIPT)
    document = Document(content, Metrics(LIGHT, ReadingStyle(), 800, content.kind))
    assert [document.line_number(n) for n in range(len(document.paragraphs))] == [1, 3, 4, 5]
    assert all(document.begins_line(n) for n in range(len(document.paragraphs)))
