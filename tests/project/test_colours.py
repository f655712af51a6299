"""Colours of new codes: none that is in use, or looks like one, while another is free."""

from pathlib import Path

import pytest
from builders import new_project
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.importers.codebook import read_codebook
from qualcoder_sm.project.colours import CODE_COLOURS, child_colour, next_colour
from qualcoder_sm.project.project import Project

TWELVE = list(CODE_COLOURS.values())
COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06X}")


@pytest.fixture
def project(tmp_path: Path):
    project = new_project(tmp_path)
    yield project
    project.close()


def test_a_colour_that_a_code_below_another_has_is_in_use(project: Project):
    theme = project.codebook.add("Theme", codable=False)
    for name, colour in zip("ABC", TWELVE[1:4], strict=True):
        project.codebook.recolour(project.codebook.add(name, parent=theme.guid).guid, colour)
    assert project.codebook.add("New").color == TWELVE[4]


def test_a_colour_that_looks_like_one_in_use_is_not_taken(project: Project):
    for name, colour in (("A", "#0A75B5"), ("B", "#d55e00"), ("C", "#079A70")):
        project.codebook.add(name, color=colour)
    assert project.codebook.add("New").color == CODE_COLOURS["rose"]


@pytest.mark.parametrize("book", ["coproduction", "npt", "combined"])
def test_a_code_added_to_a_ready_made_book_stands_out_from_it(project: Project, book: str):
    made = project.codebook.take(read_codebook(book), book)
    taken = {code.color for code in made}
    new = [project.codebook.add(f"New {n}").color for n in range(2)]
    assert len({*new}) == 2
    assert taken.isdisjoint(new)


@given(used=st.lists(st.sampled_from(TWELVE)))
def test_the_least_used_of_the_twelve_comes_next(used: list[str]):
    least = min(map(used.count, TWELVE))
    assert next_colour(used) == next(one for one in TWELVE if used.count(one) == least)


@given(used=st.lists(COLOURS, max_size=40))
def test_any_colours_may_be_in_use(used: list[str]):
    chosen = next_colour(used)
    assert chosen in TWELVE
    free = [one for one in TWELVE if next_colour([*used, *[one] * 100]) == chosen]
    assert len(free) >= len(TWELVE) - 1, "how often another is used does not matter"


def test_a_child_takes_the_step_that_fewer_of_its_siblings_have(project: Project):
    parent = project.codebook.add("Parent")
    first, second, third = (project.codebook.add(name, parent=parent.guid) for name in "ABC")
    assert first.color == third.color != second.color
    project.codebook.remove(second.guid)
    assert project.codebook.add("D", parent=parent.guid).color == second.color
    assert second.color == child_colour(parent.color, 1)
