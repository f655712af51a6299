"""Arithmetic on spans."""

from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.spans import trimmed

TEXT = st.text("ab \n\t\u00a0\u2028👩", max_size=12)


@given(text=TEXT, ends=st.tuples(st.integers(0, 12), st.integers(0, 12)))
def test_a_trimmed_span_holds_the_stripped_words_and_nothing_else(text: str, ends):
    start, end = sorted(min(n, len(text)) for n in ends)
    first, last = trimmed(text, start, end)
    assert text[first:last] == text[start:end].strip()
    assert start <= first <= last <= end
    assert first < last or first == end
