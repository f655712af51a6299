"""Where the pages of a PDF begin: beside the text, and never in its way."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible

from qualcoder_sm.model import SourceKind, Unit, UnitKind
from qualcoder_sm.ui.reading import ReadingView, SourceContent
from qualcoder_sm.ui.reading.content import Numbers
from qualcoder_sm.ui.reading.document import Document
from qualcoder_sm.ui.reading.metrics import Metrics, ReadingStyle
from qualcoder_sm.ui.theme import LIGHT

LINES = ["Be kind to all.", "Ask before you share.", "Nobody sells here.\nReally.", "Say thanks."]
TEXT = "\n".join(LINES)

pytestmark = pytest.mark.usefixtures("qapp")


def leaflet(*pages: int | None) -> SourceContent:
    """A leaflet of which the paragraphs begin on these pages."""
    starts = [TEXT.index(line) for line in LINES]
    units = tuple(
        Unit(f"u{n}", "s", n, start, start + len(line), UnitKind.PARAGRAPH, page=page)
        for n, (start, line, page) in enumerate(zip(starts, LINES, pages, strict=True))
    )
    return SourceContent("s", TEXT, units, SourceKind.ARTICLE, "Rules")


PAGED, PLAIN = leaflet(1, 1, 2, 4), leaflet(None, None, None, None)


def document_of(content: SourceContent) -> Document:
    return Document(content, Metrics(LIGHT, ReadingStyle(), 800, content.kind))


def test_a_page_begins_at_its_first_unit_alone() -> None:
    document = document_of(PAGED)
    begun = [document.page_begun(number) for number in range(len(document.paragraphs))]
    assert begun == [1, None, 2, None, 4]


def test_a_source_without_pages_has_no_page_breaks() -> None:
    document = document_of(PLAIN)
    assert not any(map(document.page_begun, range(len(document.paragraphs))))


def test_page_breaks_leave_every_line_where_it_was() -> None:
    paged, plain = document_of(PAGED), document_of(PLAIN)
    numbers = range(len(plain.paragraphs))
    assert [paged.text_top(n) for n in numbers] == [plain.text_top(n) for n in numbers]
    assert paged.height == plain.height


@pytest.mark.parametrize("numbers", [Numbers.NONE, Numbers.UNITS])
def test_a_page_break_is_painted_in_the_gap_beside_the_text(
    opened, on_screen, numbers: Numbers
) -> None:
    view = opened(PLAIN)
    view.set_numbers(numbers)
    on_screen(view)
    plain = on_screen(view)
    view.show_source(PAGED)
    paged = on_screen(view)
    changed = [
        (x, y)
        for x in range(plain.width())
        for y in range(plain.height())
        if plain.pixel(x, y) != paged.pixel(x, y)
    ]
    columns = Metrics(LIGHT, ReadingStyle(), paged.width(), PAGED.kind).columns
    assert all(columns.margin <= x < columns.margin + columns.margin_width for x, _y in changed)
    tops = [view.rect_of(unit.start, unit.start + 1)[0].top() for unit in PAGED.units]
    for n, begins in enumerate((True, False, True, True)):
        assert any(tops[n] - 13 <= y < tops[n] for _x, y in changed) is begins


def test_the_rule_of_a_page_has_the_colour_of_borders(opened, on_screen) -> None:
    image = on_screen(opened(PAGED))
    columns = Metrics(LIGHT, ReadingStyle(), image.width(), PAGED.kind).columns
    x = columns.margin + columns.margin_width - 2
    ruled = [y for y in range(image.height()) if image.pixelColor(x, y) == LIGHT.color.border]
    assert len(ruled) == 3


def described(view: ReadingView, position: int) -> str:
    view.select(position, position)
    interface = QAccessible.queryAccessibleInterface(view)
    return interface.text(QAccessible.Text.Description)


def test_the_description_names_the_page_at_the_caret(opened, coding_of) -> None:
    view = opened(PAGED, coding_of("c", 0, 7))
    assert described(view, 2) == "Page 1. Coded Mutual support."
    assert described(view, TEXT.index("thanks")) == "Page 4. Not coded."


def test_the_description_of_a_source_without_pages_names_none(opened) -> None:
    posts = replace(PLAIN, kind=SourceKind.TEXT)
    assert described(opened(posts), 2) == "Not coded."
