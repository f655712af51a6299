"""Where a passage stands, for a reader."""

import pytest

from qualcoder_sm.model import UnitKind
from qualcoder_sm.project.locators import located

PLACES = [
    ((), "after the last turn"),
    ((4, UnitKind.TURN), "turn 5"),
    ((4, UnitKind.TURN, "0113"), "turn 5"),
    ((4, UnitKind.POST), "post 5"),
    ((4, UnitKind.POST, "0113"), "post 0113"),
    ((4, UnitKind.COMMENT), "post 5"),
    ((4, UnitKind.COMMENT, "0113"), "post 0113"),
    ((4, UnitKind.PARAGRAPH), "paragraph 5"),
    ((4, UnitKind.PARAGRAPH, "0113"), "paragraph 5"),
    ((0, UnitKind.HEADING), "paragraph 1"),
    ((4, UnitKind.PARAGRAPH, "", 3), "page 3, paragraph 5"),
    ((4, UnitKind.POST, "0113", 3), "page 3, post 0113"),
]


@pytest.mark.parametrize(("unit", "place"), PLACES)
def test_a_unit_is_named_as_a_reader_counts(unit, place):
    assert located(*unit) == place
