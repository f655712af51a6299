"""Links between codings: whose they are, and that they go when a coding goes."""

import pytest
from builders import coded
from sqlalchemy import select

from qualcoder_sm.errors import NotFound, WrongUsage
from qualcoder_sm.project import audit
from qualcoder_sm.project.check import check
from qualcoder_sm.store import schema


@pytest.fixture
def project(tmp_path):
    project = coded(tmp_path, "I was [tired]{Fatigue} 😀 and [alone]{Isolation} [again]{Return}.")
    yield project
    project.close()


@pytest.fixture
def tired(project):
    return project.codings.all()[0]


@pytest.fixture
def alone(project):
    return project.codings.all()[1]


def rows(project):
    return sorted(map(repr, project.fetch(select(schema.coding_links))))


def last_sentence(project):
    return audit.sentence(project.audit.record(project.audit.head()[0]))


def test_a_link_leads_from_one_coding_to_another(project, tired, alone):
    link = project.links.add(tired.guid, alone.guid)
    assert (link.kind, link.coder) == ("leads to", project.coder.guid)
    assert project.links.of_coding(tired.guid) == project.links.of_coding(alone.guid) == [link]
    assert project.links.of_source(tired.source) == project.links.all() == [link]
    assert last_sentence(project) == "Ana linked a passage: Fatigue leads to Isolation."
    project.undo()
    assert project.links.all() == []
    assert check(project) == []


def test_other_coders_passages_may_be_linked_but_a_link_is_its_coders(project, tired, alone):
    project.coders.add("Ben")
    project.act_as("Ben")
    link = project.links.add(tired.guid, alone.guid, "contradicts", "[SYNTHETIC] why")
    project.act_as("Ana")
    with pytest.raises(WrongUsage, match="Ben’s link"):
        project.links.remove(link.guid)
    with pytest.raises(WrongUsage, match="Ben’s link"):
        project.links.edit(link.guid, kind="leads to")
    project.act_as("Ben")
    project.links.edit(link.guid, kind="explains")
    assert project.links.get(link.guid).kind == "explains"
    project.links.remove(link.guid)
    assert project.links.all() == []


@pytest.mark.parametrize("kind", ["", "   "])
def test_a_link_without_a_kind_is_refused(project, tired, alone, kind):
    with pytest.raises(WrongUsage):
        project.links.add(tired.guid, alone.guid, kind)


def test_a_link_to_itself_to_nothing_or_made_twice_is_refused(project, tired, alone):
    head = project.audit.head()
    with pytest.raises(WrongUsage):
        project.links.add(tired.guid, tired.guid)
    with pytest.raises(NotFound):
        project.links.add(tired.guid, "gone")
    assert project.audit.head() == head
    project.links.add(tired.guid, alone.guid)
    with pytest.raises(WrongUsage):
        project.links.add(tired.guid, alone.guid)
    project.links.add(alone.guid, tired.guid)
    assert len(project.links.all()) == 2


def remove_coding(project, tired, alone):
    project.codings.remove(tired.guid)


def remove_code(project, tired, alone):
    project.codebook.remove(tired.code)


def remove_source(project, tired, alone):
    project.sources.remove(tired.source)


def recode_onto_a_double(project, tired, alone):
    project.codings.recode([tired.guid], alone.code)


def merge_onto_a_double(project, tired, alone):
    project.codebook.merge(tired.code, alone.code)


@pytest.mark.parametrize(
    "step", [remove_coding, remove_code, remove_source, recode_onto_a_double, merge_onto_a_double]
)
def test_a_coding_that_goes_takes_its_links_and_undo_brings_them_back(project, tired, alone, step):
    project.codings.apply(alone.code, tired.source, tired.start, tired.end)  # the double
    project.links.add(tired.guid, alone.guid)
    project.links.add(alone.guid, tired.guid, "answers")
    before, steps = rows(project), project.audit.head()[0]
    step(project, tired, alone)
    assert project.links.all() == []
    assert project.audit.head()[0] == steps + 1
    assert check(project) == []
    project.undo()
    assert rows(project) == before
    assert check(project) == []
