"""Contrast, ink and highlight of code colours."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.project.colours import CODE_COLOURS, child_colour, next_colour
from qualcoder_sm.ui import colours
from qualcoder_sm.ui.theme import DARK, LIGHT

PAPERS = [(LIGHT, 9.0), (DARK, 5.8)]
colour = st.tuples(*[st.integers(0, 255)] * 3).map(lambda c: "#{:02X}{:02X}{:02X}".format(*c))


def test_contrast_of_black_and_white_is_twenty_one() -> None:
    assert colours.contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_ink_of_yellow_on_paper_is_the_designers() -> None:
    assert colours.ink("#F0E442", LIGHT.hex.paper) == "#9E962C"
    assert colours.ink("#F0E442", DARK.hex.paper) == "#F0E442"


def test_highlight_of_one_coding_is_the_designers() -> None:
    blue = ("#0072B2",)
    assert colours.highlight(blue, LIGHT.hex.paper, LIGHT.strengths) == "#BDDAE8"
    assert colours.highlight(blue, DARK.hex.paper, DARK.strengths) == "#133B52"


@given(st.lists(colour, min_size=1, max_size=4), st.sampled_from(PAPERS))
def test_text_on_any_highlight_can_be_read(codes: list[str], theme: tuple[object, float]) -> None:
    look, least = theme
    background = colours.highlight(tuple(codes), look.hex.paper, look.strengths)
    assert colours.contrast(look.hex.text, background) >= least


@given(colour, st.sampled_from([LIGHT.hex.paper, DARK.hex.paper]))
def test_lines_in_ink_can_be_seen(code: str, paper: str) -> None:
    assert colours.contrast(colours.ink(code, paper), paper) >= 2.95


def test_the_order_of_codes_does_not_change_their_mixture() -> None:
    one, other, third = list(CODE_COLOURS.values())[:3]
    mixtures = {
        colours.highlight(order, LIGHT.hex.paper, LIGHT.strengths)
        for order in itertools.permutations((one, other, third))
    }
    assert len(mixtures) == 1


def test_the_next_colour_gives_each_colour_once_before_any_twice() -> None:
    used: list[str] = []
    for _ in CODE_COLOURS:
        used.append(next_colour(used))
    assert used == list(CODE_COLOURS.values())
    assert next_colour(used) == used[0]


def test_siblings_alternate_two_lighter_steps_of_their_parent() -> None:
    first, second, third = (child_colour("#0072B2", n) for n in range(3))
    assert first == third != second
    assert colours.contrast(second, "#FFFFFF") < colours.contrast(first, "#FFFFFF")
