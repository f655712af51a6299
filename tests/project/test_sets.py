"""Sets of codes: kept, changed, taken back, and true when a code goes."""

import pytest
from builders import coded

from qualcoder_sm.errors import NotFound, WrongUsage
from qualcoder_sm.project.check import check


@pytest.fixture
def project(tmp_path):
    project = coded(tmp_path, "[One]{A} [two]{B} [three]{C}")
    yield project
    project.close()


def guids(project, *names):
    return [project.codebook.find(name).guid for name in names]


def names(project):
    known = project.codebook.paths()
    return {one.name: [known[code] for code in one.codes] for one in project.sets.all()}


def test_a_set_is_kept_changed_and_taken_back(project):
    project.sets.keep("Few", guids(project, "C", "A"))
    assert names(project) == {"Few": ["A", "C"]}
    project.sets.keep("Few", guids(project, "B", "C"))
    assert names(project) == {"Few": ["B", "C"]}
    project.undo()
    assert names(project) == {"Few": ["A", "C"]}
    project.undo()
    assert names(project) == {}
    assert check(project) == []


def test_a_code_that_goes_leaves_its_sets_and_undo_brings_it_back(project):
    project.sets.keep("Few", guids(project, "A", "B"))
    project.codebook.remove(guids(project, "A")[0])
    assert names(project) == {"Few": ["B"]}
    project.undo()
    assert names(project) == {"Few": ["A", "B"]}
    project.codebook.merge(*guids(project, "B", "C"))
    assert names(project) == {"Few": ["A"]}
    assert check(project) == []


def test_a_deleted_set_leaves_its_codes(project):
    project.sets.keep("Few", guids(project, "A"))
    project.sets.remove("Few")
    assert names(project) == {}
    assert len(project.codebook.codes()) == 3


def test_an_empty_set_and_unknown_codes_and_sets_are_refused(project):
    with pytest.raises(WrongUsage):
        project.sets.keep("None", [])
    with pytest.raises(NotFound):
        project.sets.keep("Other", ["no such guid"])
    with pytest.raises(NotFound):
        project.sets.remove("Few")
