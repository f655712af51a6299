import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qualcoder_sm
from qualcoder_sm.i18n import codings, ntr, tr


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_numbers_in_sentences_have_thousands_commas(n, other):
    assert tr("{n} of {other}", n=n, other=other) == f"{n:,} of {other:,}"
    assert ntr("{n} code, {other}", "{n} codes, {other}", n, other=other).endswith(f", {other:,}")


def test_what_is_no_amount_stays_as_it_is():
    assert tr("{a} {b} {c:.1f} {d:02}", a="1234", b=True, c=1234.5, d=7) == "1234 True 1234.5 07"


@pytest.mark.parametrize(
    ("n", "said"), [(0, "0 codings"), (1, "1 coding"), (1000, "1,000 codings")]
)
def test_the_noun_follows_the_number(n, said):
    assert codings(n) == said


_NOUNS = ("sources", "codings", "codes", "cases", "memos", "files", "posts", "turns", "rows", "steps",
          "texts", "coders", "passages", "characters", "quotations", "collections")  # fmt: skip


ALWAYS_MANY = (
    "{name} codes.",  # a verb
    "&All {n} codings", "The first {shown} of", "{label}, {turns} in {files} files", " … [Cut here",
    "Of digests the first", "{file} holds more than", "{source} has {n} posts with the id",
    "{text}… [", "Before and after: of a step", "95 % interval from leaving out",
)  # fmt: skip
"""Sentences whose number is never 1."""


def test_sentences_that_count_things_choose_the_form_of_the_noun():
    """A number and its noun, such as "{n} sources", stand in `ntr`, never in `tr`."""
    found = []
    for path in Path(qualcoder_sm.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tr"):
                continue
            words = node.args[0].value if isinstance(node.args[0], ast.Constant) else ""
            if not str(words).startswith(ALWAYS_MANY):
                found += [f"{path.name}: {words}" for noun in _NOUNS if f"}} {noun}" in str(words)]
    assert found == []
