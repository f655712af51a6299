"""How a jump is seen, how lanes out of sight are told of, and how far lines stand apart."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_sm.ui.reading import ReadingView

TURNS = [f"[SYNTHETIC] Turn number {n} of some words that go on a little." for n in range(400)]


def test_a_jump_glides_and_arrives_where_a_plain_one_does(
    opened, transcript_of, qtbot: QtBot
) -> None:
    source = transcript_of(TURNS)
    plain, gliding = opened(source), opened(source)
    gliding.set_gliding(True)
    place = source.units[350].start
    for view in (plain, gliding):
        view.jump_to(place, place + 4)
    end = plain.verticalScrollBar().value()
    assert gliding.verticalScrollBar().value() < end
    qtbot.waitUntil(lambda: gliding.verticalScrollBar().value() == end)
    assert gliding.selection() == (place, place + 4)


def test_a_key_while_gliding_leads_at_once_to_the_caret(opened, transcript_of, qtbot) -> None:
    source = transcript_of(TURNS)
    view = opened(source)
    view.set_gliding(True)
    view.jump_to(source.units[350].start, source.units[350].start)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert 0 <= view.caret_area().top() < view.viewport().height()


def many_codings(source, coding_of) -> list:
    unit = source.units[1]
    return [coding_of(f"c{n}", unit.start, unit.end - n, code="say") for n in range(12)]


def wheel(view: ReadingView, point: QPoint, step: int) -> None:
    event = QWheelEvent(
        QPointF(point),
        QPointF(view.viewport().mapToGlobal(point)),
        QPoint(),
        QPoint(0, step),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_stripes_out_of_sight_are_pointed_to_and_reached_by_the_wheel(
    opened, transcript_of, coding_of, on_screen
) -> None:
    source = transcript_of(TURNS)
    view = opened(source, *many_codings(source, coding_of))
    row = round(view.rect_of(source.units[1].start, source.units[1].end)[0].center().y())
    wide = range(view.viewport().width())
    lanes = [QPoint(x, row) for x in wide if view.over_lanes(QPoint(x, row))]
    sign = lanes[-1]
    image = on_screen(view)
    dark = [
        (x, y)
        for x in range(sign.x() - 4, sign.x() + 4)
        for y in range(row - 14, row + 14)
        if image.pixelColor(x, y).lightness() < 60
    ]
    assert dark
    first = {view.coding_under(point) for point in lanes} - {""}
    for _turn in range(6):
        wheel(view, lanes[0], -120)
    later = {view.coding_under(point) for point in lanes} - {""}
    assert len(first) < 12
    assert first | later == {f"c{n}" for n in range(12)}


def test_lines_stand_apart_as_wanted(opened, transcript_of) -> None:
    view = opened(transcript_of(TURNS))
    before, style = view.caret_area(), view.reading_style()
    view.set_reading_style(style.zoom, style.measure, style.family, spacing=1.5)
    after = view.caret_area()
    assert after.height() == pytest.approx(before.height() * 1.5, abs=1)
    assert after.left() == before.left()
