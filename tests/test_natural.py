"""Names are listed as people expect them, wherever a project lists names."""

import unicodedata

import pytest
from builders import new_project
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.bundle import Bundle, CaseDraft, SourceDraft
from qualcoder_sm.model import SourceKind
from qualcoder_sm.natural import natural, normal
from qualcoder_sm.reports.matrix import count
from qualcoder_sm.reports.options import Options

MIXED = ["P10", "P2", "p1", "Ä 3", "a 20"]
SORTED = ["Ä 3", "a 20", "p1", "P2", "P10"]


@pytest.mark.parametrize(
    ("mixed", "right"),
    [
        (["10", "2", "-1", "2.5", "2,4"], ["-1", "2", "2,4", "2.5", "10"]),
        (["P10", "P2", "P02", "P1"], ["P1", "P02", "P2", "P10"]),
        (["S01-T10", "S01-T9", "S1"], ["S1", "S01-T9", "S01-T10"]),
        (["b", "A", "a", "ä", "B"], ["A", "a", "ä", "B", "b"]),
        (["over 60", "60", "9"], ["9", "60", "over 60"]),
        (["🙂2", "🙂10", "", "٣"], ["", "٣", "🙂2", "🙂10"]),
    ],
)
def test_numbers_in_names_sort_by_their_size(mixed, right):
    assert sorted(mixed, key=natural) == right


@given(st.lists(st.text(max_size=8) | st.integers().map(str) | st.just("9" * 500)))
def test_any_names_have_one_order(names):
    turned = list(reversed(names))
    assert sorted(names, key=natural) == sorted(turned, key=natural)


@given(st.integers(), st.integers(), st.sampled_from(["", "P", "Säule "]))
def test_bare_numbers_and_numbers_after_words_follow_the_number(one, other, before):
    if before:
        one, other = abs(one), abs(other)
    keys = [natural(f"{before}{n}") for n in (one, other)]
    assert (keys[0] < keys[1]) == (one < other) or abs(one - other) < abs(one) * 1e-15


def test_a_project_lists_its_names_in_that_order(tmp_path):
    project = new_project(tmp_path, coder="Ben 10")
    drafts = (SourceDraft(name, SourceKind.TEXT, "[SYNTHETIC]", ()) for name in MIXED)
    sources = project.sources.add(Bundle(tuple(drafts)))
    assert [one.name for one in project.sources.all()] == SORTED
    for name in MIXED:
        project.collections.add(name)
        project.cases.add(name, "person", [sources[0].guid])
    assert [one.name for one in project.collections.all()] == SORTED
    assert [one.name for one in project.cases.all()] == SORTED
    for source, name in zip(sources, MIXED, strict=True):
        project.sources.move(source.guid, project.collections.named(name).guid)
    assert [one.name for one in project.sources.all()] == SORTED
    project.coders.add("Ben 9")
    assert [one.name for one in project.coders.all()] == ["Ben 9", "Ben 10"]


def test_a_matrix_by_attribute_has_its_numbers_in_order(tmp_path):
    project = new_project(tmp_path)
    drafts = (SourceDraft(f"P{n}", SourceKind.TEXT, "[SYNTHETIC]", ()) for n in range(3))
    for source, age in zip(project.sources.add(Bundle(tuple(drafts))), (40, 9, 100), strict=True):
        attributes = {"age": str(age), "item 10": "x", "item 2": "y"}
        project.cases.take([CaseDraft(source.name, "person", attributes)], "cases.csv")
    assert count(project, Options(rows="attribute:age")).groups.names == ("9", "40", "100")
    assert project.cases.variables() == ["age", "item 2", "item 10"]


@given(st.text("aé\u0301\u0316ﬁ ", max_size=25))
def test_the_normal_form_is_that_of_unicode(text):
    assert normal("NFKC", text) == unicodedata.normalize("NFKC", text)


def test_marks_without_end_do_not_take_for_ever():
    marked = "a" + "\u0301\u0316" * 200_000
    assert normal("NFKD", marked) == unicodedata.normalize("NFKD", marked[:31])
