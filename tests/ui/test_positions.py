"""Positions of code points and of UTF-16 units."""

from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.ui.positions import Positions

texts = st.text(alphabet=st.sampled_from("aé😀👩🏽‍🚀\u0301א\n"), max_size=30)


@given(texts)
def test_every_code_point_position_survives_the_way_to_qt_and_back(text: str) -> None:
    positions = Positions(text)
    for position in range(len(text) + 1):
        qt = len(text[:position].encode("utf-16-le")) // 2
        assert positions.to_qt(position) == qt
        assert positions.from_qt(qt) == position


def test_within_a_pair_the_position_is_the_one_before_it() -> None:
    assert Positions("a😀b").from_qt(2) == 1
