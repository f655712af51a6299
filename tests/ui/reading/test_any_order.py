"""Whatever happens in whatever order, the picture is the one that a fresh view paints."""

import random
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QPoint

from qualcoder_sm.model import Coding
from qualcoder_sm.ui.reading import ReadingView

WORDS = "we asked the nurses and they wrote back at three in the morning, which helped us".split()
CODES = ("help", "access", "say")


def some_coding(pick: random.Random, coding_of, guid: str, last: int) -> Coding:
    start = pick.randrange(5, last - 10)
    end = min(last, start + pick.choice((5, 60, 200, 900)))
    return coding_of(guid, start, end, pick.choice(CODES), pick.choice(("me", "you")))


@pytest.mark.parametrize("seed", range(4))
def test_changes_and_scrolling_in_any_order(
    opened, transcript_of, coding_of, on_screen, seed: int
) -> None:
    pick = random.Random(seed)
    turns = [" ".join(pick.choices(WORDS, k=pick.randint(1, 50))) for _ in range(40)]
    source = transcript_of(turns)
    last = len(source.text)
    codings = {
        f"c{n}": some_coding(pick, coding_of, f"c{n}", last) for n in range(pick.choice((10, 90)))
    }
    view = opened(source, *codings.values())
    view.set_coders("me", {"you": "YO"})
    for step in range(40):
        _one_step(pick, view, codings, some_coding(pick, coding_of, f"n{step}", last))
        QCoreApplication.processEvents()
    moved_about = on_screen(view)
    view.viewport().update()
    assert moved_about == on_screen(view)

    top = view.position_at(QPoint(300, 14))
    fresh = opened(source, *codings.values())
    fresh.set_coders("me", {"you": "YO"})
    for shown in (view, fresh):
        shown.jump_to(last - 1, last - 1)
        shown.jump_to(top, top)
    assert on_screen(view) == on_screen(fresh)


def _one_step(
    pick: random.Random, view: ReadingView, codings: dict[str, Coding], new: Coding
) -> None:
    known = pick.choice(sorted(codings)) if codings else ""
    match pick.choice(("add", "remove", "replace", "scroll", "scroll", "jump")):
        case "add":
            codings[new.guid] = new
            view.add_coding(new)
        case "remove" if known:
            del codings[known]
            view.remove_coding(known)
        case "replace" if known:
            codings[known] = replace(new, guid=known)
            view.replace_coding(codings[known])
        case "scroll":
            bar = view.verticalScrollBar()
            bar.setValue(bar.value() + pick.randint(-300, 300))
        case _:
            view.jump_to(new.start, new.end)
