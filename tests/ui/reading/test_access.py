"""What assistive technology is told of the reading view."""

import gc
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qualcoder_sm.ui.reading import ReadingView


@pytest.fixture
def source(transcript_of):
    return transcript_of(["😀 We asked the nurses.", "They said no to it."])


def interface_of(view: ReadingView):
    return QAccessible.queryAccessibleInterface(view)


def test_the_text_can_be_read_in_utf16_units(opened, source) -> None:
    text = interface_of(opened(source)).textInterface()
    start = len(source.text[: source.text.index("asked")].encode("utf-16-le")) // 2
    assert text.text(start, start + 5) == "asked"
    assert text.characterCount() == len(source.text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    "kind", ["value", "editableText", "selection", "attributes", "tableCell", "action"]
)
def test_asking_for_interfaces_it_has_not_does_no_harm(opened, source, kind: str) -> None:
    interface = interface_of(opened(source))
    found = getattr(interface, f"{kind}Interface")()
    assert found is None or kind == "action"


def test_the_caret_can_be_read_and_set(opened, source) -> None:
    view = opened(source)
    text = interface_of(view).textInterface()
    position = source.text.index("asked")
    view.select(position, position)
    assert text.cursorPosition() == position + 1
    text.setCursorPosition(text.cursorPosition() + 2)
    assert view.caret() == position + 2
    text.addSelection(position + 1, position + 6)
    assert view.selected_text() == "asked"


def test_a_character_is_found_where_it_is_said_to_stand(opened, source) -> None:
    text = interface_of(opened(source)).textInterface()
    offset = source.text.index("asked") + 1
    box = text.characterRect(offset)
    assert text.offsetAtPoint(QPoint(box.left() + 1, box.center().y())) == offset


def test_the_description_names_the_codes_at_the_caret(
    opened, source, coding_of, qtbot: QtBot
) -> None:
    start = source.text.index("asked")
    view = opened(
        source, coding_of("a", start, start + 9), coding_of("b", start, start + 5, "access")
    )
    view.select(start + 1, start + 1)
    spoken = interface_of(view).text(QAccessible.Text.Description)
    assert spoken == "Coded Access barrier, Mutual support."
    view.select(*[source.text.index("They")] * 2)
    assert interface_of(view).text(QAccessible.Text.Description) == "Not coded."
    assert interface_of(view).text(QAccessible.Text.Value) == "They said no to it."


def test_everything_that_takes_focus_has_a_name(opened, source) -> None:
    view = opened(source)
    assert interface_of(view).text(QAccessible.Text.Name) == "Interview"
    for child in view.findChildren(QWidget):
        if child.focusPolicy() != Qt.FocusPolicy.NoFocus and child.isVisible():
            assert child.accessibleName(), child


def test_a_closed_view_is_let_go(qtbot: QtBot, source) -> None:
    view = ReadingView()
    view.show_source(source)
    view.show()
    interface_of(view)
    gone = weakref.ref(view)
    view.close()
    view.deleteLater()
    del view
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None
