"""Heights, lanes, pieces and the index of codings, for any input."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.model import Coding, SourceKind
from qualcoder_sm.ui.reading.coding_index import CodingIndex
from qualcoder_sm.ui.reading.content import SourceContent
from qualcoder_sm.ui.reading.heights import Heights
from qualcoder_sm.ui.reading.highlights import pieces
from qualcoder_sm.ui.reading.lanes import first_fit
from qualcoder_sm.ui.reading.metrics import columns
from qualcoder_sm.ui.reading.paragraphs import LONGEST, paragraphs_of

WHEN = datetime(2024, 1, 1, tzinfo=UTC)
spans = st.tuples(st.integers(0, 60), st.integers(1, 25)).map(lambda s: (s[0], s[0] + s[1]))


def codings_of(found: list[tuple[int, int]]) -> list[Coding]:
    return [
        Coding(f"g{n}", "code", "s", "me", start, end, WHEN) for n, (start, end) in enumerate(found)
    ]


@given(
    st.lists(st.integers(1, 90), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 90)), max_size=20),
)
def test_heights_are_what_plain_sums_say(start: list[int], changes: list[tuple[int, int]]) -> None:
    heights, plain = Heights(start), list(start)
    for row, height in changes:
        if row < len(plain):
            assert heights.set(row, height) == height - plain[row]
            plain[row] = height
    assert heights.total == sum(plain)
    for row in range(len(plain)):
        assert heights.top(row) == sum(plain[:row])
        assert heights.at(heights.top(row)) == row
        assert heights.at(heights.top(row) + plain[row] - 1) == row
    assert heights.at(-5) == 0
    assert heights.at(10**6) == len(plain) - 1


@given(st.lists(spans, max_size=25))
def test_no_two_stripes_that_share_a_line_share_a_lane(found: list[tuple[int, int]]) -> None:
    lanes = first_fit(found)
    for one, (start, end) in enumerate(found):
        for other in range(one):
            first, last = found[other]
            if start <= last and first <= end:
                assert lanes[one] != lanes[other]


@given(st.lists(spans, max_size=25))
def test_there_is_no_gap_below_a_lane(found: list[tuple[int, int]]) -> None:
    lanes = first_fit(found)
    for number, (start, end) in enumerate(found):
        below = {
            lanes[other]
            for other in range(number)
            if found[other][0] <= end and start <= found[other][1]
        }
        assert set(range(lanes[number])) <= below


@given(st.lists(spans, max_size=12))
def test_pieces_carry_exactly_the_codings_of_each_character(
    found: list[tuple[int, int]],
) -> None:
    codings = sorted(codings_of(found), key=lambda c: (c.start, -c.end, c.guid))
    carried = {
        at: piece.codings
        for piece in pieces(codings, 10, 50)
        for at in range(piece.start, piece.end)
    }
    for at in range(10, 50):
        here = tuple(c for c in codings if c.start <= at < c.end)
        assert carried.get(at, ()) == here


@given(st.lists(spans, max_size=20), st.sets(st.integers(1, 80), max_size=5), spans, st.data())
def test_the_index_finds_what_a_search_through_all_finds(
    found: list[tuple[int, int]], edges: set[int], asked: tuple[int, int], data: st.DataObject
) -> None:
    codings = codings_of(found)
    index = CodingIndex([0, *sorted(edges)])
    index.fill(codings[::2])
    for coding in codings[1::2]:
        index.add(coding)
    gone = data.draw(st.sets(st.sampled_from(codings))) if codings else set()
    for coding in gone:
        index.remove(coding.guid)
    left = [c for c in codings if c not in gone]
    start, end = asked
    expected = {c.guid for c in left if c.start < end and c.end > start}
    assert {c.guid for c in index.overlapping(start, end, _any)} == expected
    following = index.next_start(start, _any)
    assert (following.start if following else None) == min(
        (c.start for c in left if c.start > start), default=None
    )
    before = index.previous_start(start, _any)
    assert (before.start if before else None) == max(
        (c.start for c in left if c.start < start), default=None
    )


def _any(_: Coding) -> bool:
    return True


@given(st.text(st.sampled_from("ab .\n😀\u0301"), max_size=400), st.integers(1, 60))
def test_paragraphs_hold_every_visible_character_once(piece: str, times: int) -> None:
    text = piece * times
    found = paragraphs_of(SourceContent("s", text, (), SourceKind.TEXT))
    reached = 0
    for paragraph in found:
        assert paragraph.start >= reached
        assert not text[reached : paragraph.start].strip()
        assert paragraph.end - paragraph.start <= LONGEST
        reached = paragraph.end
    assert not text[reached:].strip()


@given(st.integers(200, 2600), st.integers(200, 1200))
def test_columns_never_leave_the_view_nor_widen_the_text(width: int, text: int) -> None:
    shared = columns(width, text)
    assert shared.text_width <= text
    if width >= 420:
        assert shared.text + shared.text_width <= width
    if shared.lanes_width:
        assert shared.lanes + shared.lanes_width <= width
    if shared.names_width:
        assert shared.names + shared.names_width <= width


def test_columns_give_way_in_order_names_then_lanes() -> None:
    wide, middle, narrow = columns(820, 524), columns(700, 524), columns(560, 524)
    assert wide.names_width
    assert wide.text_width == 524
    assert not middle.names_width
    assert middle.lanes_width
    assert not narrow.lanes_width


def test_the_margin_grows_with_the_type_of_the_window_so_that_names_are_not_cut() -> None:
    usual, large = columns(1100, 524), columns(1100, 524, ui_scale=1.5)
    assert large.margin_width == round(usual.margin_width * 1.5)
    assert large.text_width == usual.text_width
