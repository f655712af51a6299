"""Steps: one transaction, one record, one notification; undo and redo across restarts."""

import pytest
from builders import add_coded, add_text, coded, new_project
from sqlalchemy import select

from qualcoder_sm.errors import (
    AlreadyCoded,
    InvalidSelection,
    NameTaken,
    NotCodable,
    NothingToUndo,
    ProjectLocked,
    ReadOnlyProject,
    StepConflict,
    WrongUsage,
)
from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import schema


def snapshot(project):
    return {
        table.name: sorted(map(repr, project.fetch(select(table)))) for table in schema.JOURNALLED
    }


@pytest.fixture
def project(tmp_path):
    project = coded(tmp_path, "I was [tired]{Fatigue} 😀 and [alone]{Isolation}.")
    yield project
    project.close()


def code(project, name):
    return project.codebook.find(name).guid


def source(project):
    return project.sources.find("Interview")


def test_undo_restores_every_row_of_a_removed_code(project):
    before = snapshot(project)
    project.codebook.remove(code(project, "Fatigue"))
    assert len(project.codings.all()) == 1
    project.undo()
    assert snapshot(project) == before
    project.redo()
    assert [one.name for one in project.codebook.codes()] == ["Isolation"]


def test_undoing_everything_and_doing_it_again_ends_where_it_began(project):
    end = snapshot(project)
    while project.history.undoable():
        project.undo()
    assert project.sources.all() == [] and project.codebook.codes() == []
    while project.history.redoable():
        project.redo()
    assert snapshot(project) == end
    assert check(project) == []


def test_undo_survives_a_restart(project):
    project.close()
    again = Project.open(project.path)
    again.undo()
    assert len(again.codings.all()) == 1
    again.close()
    once_more = Project.open(project.path)
    once_more.redo()
    assert len(once_more.codings.all()) == 2
    once_more.close()


def test_a_new_step_ends_what_could_be_done_again(project):
    project.undo()
    project.codebook.add("Other")
    with pytest.raises(NothingToUndo):
        project.redo()


def test_the_founding_step_cannot_be_taken_back(tmp_path):
    project = new_project(tmp_path)
    with pytest.raises(NothingToUndo):
        project.undo()
    project.close()


def test_a_step_that_fails_half_way_leaves_no_trace(project):
    before, steps = snapshot(project), project.audit.head()
    heard = []
    project.subscribe(heard.append)
    with pytest.raises(InvalidSelection), project.change("code.add", code="Two"):
        project.codebook.add("Loneliness")
        project.codings.apply(code(project, "Fatigue"), source(project).guid, 3, 3)
    assert snapshot(project) == before
    assert project.audit.head() == steps
    assert heard == []


def test_changes_inside_a_change_are_one_step(project):
    heard = []
    project.subscribe(heard.append)
    with project.change("coding.in_vivo", code="was", source="Interview"):
        added = project.codebook.add("was")
        project.codings.apply(added.guid, source(project).guid, 2, 5)
    assert [change.action for change in heard] == ["coding.in_vivo"]
    assert heard[0].touches("codes") and heard[0].touches("codings")
    project.undo()
    assert [one.name for one in project.codebook.codes()] == ["Fatigue", "Isolation"]


def test_an_older_step_is_taken_back_only_if_nothing_was_built_on_it(project):
    first = project.history.undoable()
    added = project.codebook.add("Other")
    project.codebook.rename(added.guid, "Another")
    project.history.undo_step(first)
    assert len(project.codings.all()) == 1
    with pytest.raises(StepConflict):
        project.history.undo_step(project.audit.head()[0] - 2)


def test_the_same_coding_twice_is_refused_with_the_one_there(project):
    [first, _second] = project.codings.of_source(source(project).guid)
    with pytest.raises(AlreadyCoded) as refused:
        project.codings.apply(first.code, first.source, first.start, first.end)
    assert refused.value.coding == first.guid


@pytest.mark.parametrize("span", [(3, 3), (5, 2), (-1, 4), (0, 10_000)])
def test_a_span_outside_the_text_is_refused(project, span):
    with pytest.raises(InvalidSelection):
        project.codings.apply(code(project, "Fatigue"), source(project).guid, *span)


def test_a_theme_cannot_be_applied(project):
    theme = project.codebook.add("Principles", codable=False)
    with pytest.raises(NotCodable):
        project.codings.apply(theme.guid, source(project).guid, 0, 1)


def test_nobody_changes_the_codings_of_another_coder(project):
    [first, _second] = project.codings.all()
    project.coders.add("Ben")
    project.act_as("Ben")
    with pytest.raises(WrongUsage):
        project.codings.remove(first.guid)
    with pytest.raises(WrongUsage):
        project.codings.move(first.guid, 0, 5)


def test_names_are_unique_under_one_parent_only(project):
    with pytest.raises(NameTaken):
        project.codebook.add("Fatigue")
    other = project.codebook.add("Fatigue", parent=code(project, "Isolation"))
    assert project.codebook.path(other.guid) == "Isolation > Fatigue"


def test_merging_moves_codings_and_drops_doubles(project):
    words = project.codings.of_code(code(project, "Fatigue"))[0]
    project.codings.apply(code(project, "Isolation"), words.source, words.start, words.end)
    before = snapshot(project)
    project.codebook.merge(code(project, "Fatigue"), code(project, "Isolation"))
    assert len(project.codings.all()) == 2
    project.undo()
    assert snapshot(project) == before


def test_removing_a_source_takes_its_codings_and_memos_and_undo_brings_them_back(project):
    project.notes.add("Thought", "[SYNTHETIC] words", target_table="sources",
                      target=source(project).guid)  # fmt: skip
    before = snapshot(project)
    project.sources.remove(source(project).guid)
    assert project.codings.all() == [] and project.notes.all() == []
    project.undo()
    assert snapshot(project) == before
    assert project.sources.search("alone") == [source(project)]


def test_a_second_writer_is_told_who_has_the_project(project):
    with pytest.raises(ProjectLocked, match="Ana has study.qsm open on"):
        Project.open(project.path)


def test_a_second_opener_may_read(project):
    reader = Project.open(project.path, read_only=True)
    assert len(reader.codings.all()) == 2
    with pytest.raises(ReadOnlyProject):
        reader.undo()
    reader.close()


def test_segments_carry_words_case_and_place(project):
    project.cases.add("P01", sources=[source(project).guid])
    tired, alone = project.segments.of()
    assert (tired.text, tired.code_path, tired.cases) == ("tired", "Fatigue", ("P01",))
    assert (alone.text, alone.locator) == ("alone", "paragraph 1")


def test_all_is_well_after_many_steps(project):
    add_coded(project, "Second", "[One]{Fatigue} more\n\n[two]{Other} 👩‍👩‍👧 [three]{Fatigue}")
    add_text(project, "Third", "words", collection="Group")
    project.codebook.move(code(project, "Other"), code(project, "Fatigue"))
    project.undo()
    assert check(project) == []
    assert project.audit.verify().ok
