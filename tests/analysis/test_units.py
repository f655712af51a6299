from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.analysis import units
from qualcoder_sm.analysis.codings import Codings
from qualcoder_sm.analysis.units import Level, paragraphs, unit_spans


def place(axis, *rows):
    placed = axis.place(Codings.of(rows))
    return list(zip(placed.source, placed.start, placed.end, strict=True))


def test_a_paragraph_is_a_line_with_something_on_it():
    text = "One.\n\n   \t\nTwo 😀\n"
    assert [text[a:b] for a, b in paragraphs(text)] == ["One.", "Two 😀"]


def test_the_last_paragraph_needs_no_newline():
    assert paragraphs("a\nb") == [(0, 1), (2, 3)]


def test_characters_count_newlines_and_emoji_as_one_each():
    assert unit_spans(Level.CHARACTER, "a\n😀") == [(0, 1), (1, 2), (2, 3)]


def test_imported_units_are_sorted_and_empty_ones_left_out():
    assert unit_spans(Level.UNIT, "abcdef", [(3, 6), (2, 2), (0, 2)]) == [(0, 2), (3, 6)]


def test_an_empty_source_is_no_unit():
    assert unit_spans(Level.SOURCE, "") == []
    assert units.whole_sources([5, 0, 3]).units == 2


def test_a_unit_carries_a_code_when_one_of_its_characters_does():
    axis = units.units(Level.PARAGRAPH, [12], [[(0, 5), (6, 12)]])
    assert place(axis, (0, 0, 0, 4, 7)) == [(0, 0, 2)]
    assert place(axis, (0, 0, 0, 6, 7)) == [(0, 1, 2)]
    assert place(axis, (0, 0, 0, 0, 5)) == [(0, 0, 1)]


def test_a_span_between_units_falls_on_none():
    axis = units.units(Level.PARAGRAPH, [12], [[(0, 5), (6, 12)]])
    assert place(axis, (0, 0, 0, 5, 6)) == []


def test_spans_are_clipped_to_the_text_and_empty_ones_left_out():
    axis = units.characters([10, 4])
    rows = [(0, 0, 0, 8, 99), (1, 0, 0, 5, 9), (1, 0, 0, 2, 2), (1, 0, 0, -3, 2)]
    assert place(axis, *rows) == [(0, 8, 10), (1, 0, 2)]


def test_units_are_counted_within_their_source():
    axis = units.units(Level.UNIT, [4, 0, 6], [[(0, 2), (2, 4)], [], [(0, 3), (3, 6)]])
    assert place(axis, (2, 0, 0, 3, 4), (0, 0, 0, 3, 4)) == [(2, 1, 2), (0, 1, 2)]
    assert axis.units == 4


@given(st.text(alphabet="ab \n.😀", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_placing_equals_looking_at_every_unit(text, start, end):
    spans = paragraphs(text)
    axis = units.units(Level.PARAGRAPH, [len(text)], [spans])
    coded = set(range(start, min(end, len(text))))
    expected = [i for i, (a, b) in enumerate(spans) if coded & set(range(a, b))]
    found = [i for _, a, b in place(axis, (0, 0, 0, start, end)) for i in range(a, b)]
    assert found == expected
