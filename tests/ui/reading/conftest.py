"""A reading view on the screen, with a source made from a few invented turns."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from qualcoder_sm.model import Coding, SourceKind, Unit, UnitKind
from qualcoder_sm.ui.reading import CodeLook, ReadingView, SourceContent

WHEN = datetime(2024, 3, 12, tzinfo=UTC)
LOOKS = {
    "help": CodeLook("Mutual support", "#CC79A7", "Reciprocity > Mutual support"),
    "access": CodeLook("Access barrier", "#009E73"),
    "say": CodeLook("Shared say", "#0072B2"),
}


def transcript(turns: Sequence[str], between: str = "\n") -> SourceContent:
    """A transcript of these turns: the words alone, one newline between two turns."""
    units, start = [], 0
    for number, turn in enumerate(turns):
        unit = Unit(f"u{number}", "s", number, start, start + len(turn), UnitKind.TURN, "P01")
        units.append(unit)
        start = unit.end + len(between)
    text = between.join(turns)
    return SourceContent("s", text, tuple(units), SourceKind.TRANSCRIPT, "Interview")


def coding(guid: str, start: int, end: int, code: str = "help", coder: str = "me") -> Coding:
    return Coding(guid, code, "s", coder, start, end, WHEN)


Opened = Callable[..., ReadingView]


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    """Opens a view of a source; further arguments are codings."""

    def open_(source: SourceContent, *codings: Coding, width: int = 868) -> ReadingView:
        view = ReadingView()
        qtbot.addWidget(view)
        view.resize(width, 600)
        view.set_codes(LOOKS)
        view.show_source(source)
        view.set_codings(codings)
        view.show()
        qtbot.waitExposed(view)
        view.setFocus()
        return view

    return open_


@pytest.fixture
def transcript_of() -> Callable[..., SourceContent]:
    return transcript


@pytest.fixture
def coding_of() -> Callable[..., Coding]:
    return coding


@pytest.fixture
def on_screen() -> Callable[[ReadingView], QImage]:
    """What stands on the screen in the viewport: not painted anew, as `grab` would."""

    def seen(view: ReadingView) -> QImage:
        view.clearFocus()
        QCoreApplication.processEvents()
        place = view.viewport().geometry()
        return view.screen().grabWindow(view.winId(), *place.getRect()).toImage()

    return seen
