"""Undo belongs to a person: one's own last step goes, and what others did in between stays."""

import pytest
from builders import add_text, new_project
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.errors import NameTaken, NothingToUndo, StepConflict

ACTS = st.lists(
    st.tuples(st.sampled_from(("Ana", "Ben")), st.sampled_from(("do", "undo", "redo"))),
    max_size=30,
)


@pytest.fixture
def project(tmp_path):
    project = new_project(tmp_path)
    project.coders.add("Ben")
    yield project
    project.close()


def add(project, coder, name):
    project.act_as(coder)
    project.codebook.add(name)
    return project.head()[0]


def names(project):
    return {code.name for code in project.codebook.codes()}


def test_ones_own_last_step_is_taken_back_and_done_again(project):
    mine = add(project, "Ana", "A1")
    add(project, "Ben", "B1")
    project.act_as("Ana")
    assert project.history.undoable() == mine
    assert project.undo().undo_of == mine
    assert names(project) == {"B1"}
    assert project.history.redoable() == mine
    project.act_as("Ben")
    assert project.history.redoable() is None
    project.act_as("Ana")
    project.redo()
    assert names(project) == {"A1", "B1"}


def test_a_step_of_somebody_else_does_not_end_what_can_be_done_again(project):
    mine = add(project, "Ana", "A1")
    project.undo()
    add(project, "Ben", "B1")
    project.act_as("Ana")
    assert project.history.redoable() == mine
    assert project.history.redoable(anybody=True) is None


def test_anybody_is_the_last_step_of_all(project):
    add(project, "Ana", "A1")
    last = add(project, "Ben", "B1")
    project.act_as("Ana")
    assert project.history.undoable(anybody=True) == last
    project.undo(anybody=True)
    assert names(project) == {"A1"}
    assert project.audit.records()[-1].coder == "Ana"
    assert project.history.redoable() == last


def test_any_step_that_nothing_builds_on_can_be_taken_back(project):
    first = add(project, "Ana", "A1")
    second = add(project, "Ana", "A2")
    project.history.undo_step(first)
    assert names(project) == {"A2"}
    assert project.history.undoable() == second


def test_a_step_that_something_builds_on_is_kept_with_the_reason(project):
    seq = add(project, "Ana", "A1")
    source = add_text(project, "t", "some words")
    [code] = project.codebook.codes()
    project.act_as("Ben")
    project.codings.apply(code.guid, source.guid, 0, 4)
    before = project.head()
    with pytest.raises(StepConflict, match="Something done later builds on this step"):
        project.history.undo_step(seq)
    assert project.head() == before


def test_a_name_that_was_given_again_is_the_reason_in_the_same_words(project):
    add(project, "Ana", "Care")
    [code] = project.codebook.codes()
    project.codebook.remove(code.guid)
    add(project, "Ben", "Care")
    project.act_as("Ana")
    with pytest.raises(NameTaken, match="There is already a code named “Care” there"):
        project.undo()
    assert len(project.codebook.codes()) == 1


def test_whoever_has_no_step_is_told_whose_the_last_one_is(project):
    add(project, "Ana", "A1")
    project.act_as("Ben")
    with pytest.raises(NothingToUndo, match="Ben has no step .* Ana’s: Add the code A1"):
        project.undo()


@given(ACTS)
def test_each_person_has_a_stack_of_their_own(tmp_path_factory, acts):
    project = new_project(tmp_path_factory.mktemp("stacks"))
    project.coders.add("Ben")
    done = {"Ana": [""], "Ben": []}  # Ana’s first is the coder Ben, whom Ben’s steps need
    undone = {"Ana": [], "Ben": []}
    for n, (who, what) in enumerate(acts):
        project.act_as(who)
        if what == "do":
            add(project, who, f"{who}{n}")
            done[who].append(f"{who}{n}")
            undone[who].clear()
        elif what == "undo" and len(done[who]) > (who == "Ana"):
            project.undo()
            undone[who].append(done[who].pop())
        elif what == "redo" and undone[who]:
            project.redo()
            done[who].append(undone[who].pop())
        else:
            assert what == "undo" or project.history.redoable() is None
    assert names(project) == {name for mine in done.values() for name in mine if name}
    assert project.audit.verify().ok
    project.close()
