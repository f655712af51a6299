"""Text that does not count is as good as cut out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcoder_sm.analysis import units
from qualcoder_sm.analysis.agreement import agreement
from qualcoder_sm.analysis.codings import Codings
from qualcoder_sm.analysis.cooccurrence import cooccurrence
from qualcoder_sm.analysis.frequencies import Counts, Membership, matrix
from qualcoder_sm.analysis.scope import Line
from qualcoder_sm.analysis.units import Level, unit_spans

CODES, CODERS = 3, 3
LINES = ("", " ", "Yes.", "No 😀. Why? Ok", "a")


def place(axis, *rows):
    placed = axis.place(Codings.of(rows))
    return list(zip(placed.source, placed.start, placed.end, strict=True))


def test_characters_are_counted_among_those_in_scope():
    axis = units.characters([20, 10, 5], [[(2, 5), (9, 12)], None, []])
    assert axis.sizes.tolist() == [6, 10, 0]
    assert place(axis, (0, 0, 0, 0, 20), (1, 0, 0, 3, 4)) == [(0, 0, 6), (1, 3, 4)]
    assert place(axis, (0, 0, 0, 4, 10), (0, 0, 0, 11, 99)) == [(0, 2, 4), (0, 5, 6)]
    assert place(axis, (0, 0, 0, 0, 2), (0, 0, 0, 5, 9), (0, 0, 0, 12, 20), (2, 0, 0, 0, 5)) == []


def test_spans_that_end_exactly_on_an_edge_of_the_scope():
    axis = units.characters([20, 20], [[(2, 5), (9, 12)], [(0, 20)]])
    assert place(axis, (0, 0, 0, 2, 5)) == [(0, 0, 3)]
    assert place(axis, (0, 0, 0, 5, 12)) == [(0, 3, 6)]
    assert place(axis, (0, 0, 0, 4, 9)) == [(0, 2, 3)]
    assert place(axis, (1, 0, 0, 0, 20)) == [(1, 0, 20)]


def test_a_scope_reaches_no_further_than_the_text_and_its_parts_may_touch_or_be_empty():
    axis = units.characters([10], [[(-4, 3), (3, 3), (3, 5), (8, 40)]])
    assert axis.sizes.tolist() == [7]
    assert place(axis, (0, 0, 0, 2, 9)) == [(0, 2, 6)]


def test_a_unit_out_of_scope_does_not_exist():
    spans = [(0, 4), (5, 9), (10, 14)]
    axis = units.units(Level.UNIT, [14, 14], [spans, spans], [[(5, 10)], None])
    assert axis.sizes.tolist() == [1, 3]
    assert place(axis, (0, 0, 0, 0, 6), (0, 0, 0, 0, 5)) == [(0, 0, 1)]
    assert place(axis, (1, 0, 0, 9, 11)) == [(1, 2, 3)]


def test_a_source_without_text_in_scope_is_no_unit():
    axis = units.whole_sources([5, 6, 0, 7], [[(1, 2)], [], None, None])
    assert axis.sizes.tolist() == [1, 0, 0, 1]
    assert place(axis, (0, 0, 0, 0, 1), (0, 0, 0, 0, 2), (1, 0, 0, 0, 6)) == [(0, 0, 1)]


def test_lines_and_sentences_are_looked_for_inside_the_scope():
    text = "Mm. Go on.\nI did. So I left.\n \nYou? No.\n"
    scope = [(4, 11), (11, 18), (31, 40)]
    words = {level: [text[a:b] for a, b in unit_spans(level, text, (), scope)] for level in Level}
    assert words[Level.SENTENCE] == ["Go on.", "I did.", "You?", "No."]
    assert words[Level.PARAGRAPH] == ["Go on.", "I did. ", "You? No."]
    assert words[Level.SOURCE] == [text[4:40]]
    assert "".join(words[Level.CHARACTER]) == text[4:18] + text[31:40]


def test_a_line_of_white_space_in_scope_is_no_unit():
    text = "one\n   \ntwo"
    assert unit_spans(Level.PARAGRAPH, text, (), [(3, 8)]) == []
    assert unit_spans(Level.PARAGRAPH, text, (), []) == unit_spans(Level.SOURCE, text, (), []) == []


def test_imported_units_in_scope_are_those_with_a_character_there():
    imported = [(10, 14), (0, 4), (5, 9), (9, 9)]
    assert unit_spans(Level.UNIT, "x" * 14, imported, [(4, 6), (9, 10)]) == [(5, 9)]


def test_spans_are_found_again_in_the_whole_text():
    line = Line.of([20, 10], [[(2, 5), (9, 12)], [(4, 6)]])
    sources, starts, ends = np.array([[0, 0, 3], [0, 2, 4], [0, 3, 6], [1, 1, 2]]).T
    start, end = line.back(sources, starts, ends)
    assert list(zip(start, end, strict=True)) == [(2, 5), (4, 10), (9, 12), (5, 6)]


@st.composite
def studies(draw, aligned: bool):
    """Texts, scopes and codings; with `aligned`, scopes are whole lines with their newlines."""
    texts, scopes = [], []
    for _ in range(draw(st.integers(1, 3))):
        lines = draw(st.lists(st.sampled_from(LINES), max_size=6))
        text = "\n".join(lines)
        edges = np.cumsum([0, *(len(one) + 1 for one in lines)]).tolist() if aligned else None
        place = st.sampled_from(edges) if edges else st.integers(0, len(text))
        cuts = sorted(min(at, len(text)) for at in draw(st.lists(place, max_size=8)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        texts.append(text)
        scopes.append(draw(st.sampled_from([None, pairs, pairs])))
    one = st.tuples(
        st.integers(0, len(texts) - 1), st.integers(0, CODES - 1), st.integers(0, CODERS - 1),
        st.integers(0, 30), st.integers(0, 30),
    )  # fmt: skip
    return texts, scopes, draw(st.lists(one, max_size=10))


def axis_of(level, texts, scopes):
    lengths = [len(text) for text in texts]
    if level is Level.CHARACTER:
        return units.characters(lengths, scopes)
    if level is Level.SOURCE:
        return units.whole_sources(lengths, scopes)
    spans = [
        unit_spans(level, text, units.paragraphs(text), scope)
        for text, scope in zip(texts, scopes or [None] * len(texts), strict=True)
    ]
    return units.units(level, lengths, spans, scopes)


def cut_out(texts, scopes, rows):
    """What remains when everything out of scope is taken away, and where the codings then lie."""
    kept = []
    for text, scope in zip(texts, scopes, strict=True):
        inside = [(0, len(text))] if scope is None else scope
        kept.append([i for i in range(len(text)) if any(a <= i < b for a, b in inside)])
    moved = []
    for source, code, coder, start, end in rows:
        here = [new for new, old in enumerate(kept[source]) if start <= old < end]
        if here:
            moved.append((source, code, coder, here[0], here[-1] + 1))
    left = ["".join(text[i] for i in kept[n]) for n, text in enumerate(texts)]
    return left, moved


def everything(axis, rows):
    codings, sources = Codings.of(rows), np.arange(axis.sources)
    met = cooccurrence(codings, axis, CODES)
    counted = matrix(Counts.of(codings, axis, CODES), Membership(sources, sources % 2, 2))
    arrays = [met.pairs, met.characters, met.units]
    for tally in (counted.cells, counted.by_code, counted.by_group):
        arrays += [tally.codings, tally.characters, tally.presence]
    compared = agreement(codings, axis, CODES, CODERS, intervals=False)
    return compared, [array.tolist() for array in arrays]


@pytest.mark.parametrize(
    ("level", "aligned"),
    [
        (Level.CHARACTER, False),
        (Level.SOURCE, False),
        (Level.UNIT, True),
        (Level.PARAGRAPH, True),
        (Level.SENTENCE, True),
    ],
)
@settings(max_examples=60)
@given(data=st.data())
def test_a_scope_gives_what_cutting_the_texts_would_give(level, aligned, data):
    texts, scopes, rows = data.draw(studies(aligned))
    left, moved = cut_out(texts, scopes, rows)
    scoped = everything(axis_of(level, texts, scopes), rows)
    assert scoped == everything(axis_of(level, left, None), moved)


@settings(max_examples=25)
@given(data=st.data())
def test_a_scope_of_everything_is_no_scope(data):
    texts, _, rows = data.draw(studies(aligned=False))
    whole = [[(0, len(text))] for text in texts]
    for level in Level:
        scoped = everything(axis_of(level, texts, whole), rows)
        assert scoped == everything(axis_of(level, texts, None), rows)
