"""People: lists, renaming, merging, roles and cases, each a step that can be taken back."""

from collections import Counter

import pytest
from builders import new_project, speakers
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcoder_sm.errors import InvalidName, NameTaken, NotFound, StepConflict, WrongUsage
from qualcoder_sm.model import Role
from qualcoder_sm.project.audit import sentence
from qualcoder_sm.project.check import check
from qualcoder_sm.project.people import Said
from qualcoder_sm.project.project import Project

TURNS = (("Int", "Who?"), ("Jane", "Me 😀."), ("Int", "And then?"), ("Jane", "Nothing."),
         ("J. S.", "Once more."))  # fmt: skip


@pytest.fixture
def project(tmp_path):
    project = new_project(tmp_path)
    speakers(project, "P01", TURNS)
    speakers(project, "P02", (("Int", "You?"), ("P10", "Yes."), ("P2", "No.")))
    yield project
    project.close()


def guid(project: Project, key: str) -> str:
    return project.people.find(key).guid


def told(project: Project) -> str:
    return project.audit.records()[-1].label


def keys(project: Project) -> list[str]:
    return [person.key for person in project.people.all()]


def said_by_key(project: Project) -> dict[str, Said]:
    said = project.people.said()
    return {person.key: said.get(person.guid, Said()) for person in project.people.all()}


def test_everybody_is_listed_by_number_with_what_they_said(project):
    assert keys(project) == ["Int", "J. S.", "Jane", "P2", "P10"]
    assert said_by_key(project) == {
        "Int": Said(3, 2, len("Who?And then?You?")),
        "Jane": Said(2, 1, len("Me 😀.Nothing.")),
        "J. S.": Said(1, 1, len("Once more.")),
        "P10": Said(1, 1, 4),
        "P2": Said(1, 1, 3),
    }


def test_somebody_is_found_by_key_and_by_guid_and_by_nothing_else(project):
    jane = project.people.find("Jane")
    assert project.people.find(jane.guid) == jane
    with pytest.raises(NotFound, match="no speaker named “jane”"):
        project.people.find("jane")


def test_a_new_name_is_on_every_turn_and_can_be_taken_back(project):
    project.people.rename(guid(project, "Jane"), "  P01\n a ", "a pseudonym")
    assert told(project) == "Rename the speaker Jane to P01 a"
    assert project.audit.records()[-1].reason == "a pseudonym"
    [source, _other] = project.sources.all()
    assert [u.speaker for u in project.sources.units(source.guid)].count("P01 a") == 2
    project.undo()
    assert said_by_key(project)["Jane"].units == 2


def test_the_same_name_again_is_no_step(project):
    before = project.audit.head()
    project.people.rename(guid(project, "Jane"), " Jane ")
    project.people.set_role(guid(project, "Jane"), "participant ")
    assert project.audit.head() == before


def test_a_name_that_another_has_is_refused_and_merging_is_offered(project):
    before = project.audit.head()
    with pytest.raises(NameTaken, match="merge “Jane” into “P2”"):
        project.people.rename(guid(project, "Jane"), "P2")
    with pytest.raises(InvalidName):
        project.people.rename(guid(project, "Jane"), " ")
    assert project.audit.head() == before


def test_two_labels_become_one_person_and_two_again(project):
    project.people.merge(guid(project, "J. S."), guid(project, "Jane"))
    assert keys(project) == ["Int", "Jane", "P2", "P10"]
    assert said_by_key(project)["Jane"] == Said(3, 1, len("Me 😀.Nothing.Once more."))
    assert sentence(project.audit.records()[-1]) == (
        "Ana merged the speaker J. S. into Jane: 1 turn or post moved."
    )
    project.undo()
    assert said_by_key(project)["J. S."].units == 1
    assert check(project) == []


def test_who_stays_takes_over_role_and_case_only_where_there_was_none(project):
    case = project.cases.add("P01")
    gone, stays = guid(project, "J. S."), guid(project, "Jane")
    project.people.set_case(gone, case.guid)
    project.people.set_role(gone, "admin")
    project.people.merge(gone, stays)
    jane = project.people.find("Jane")
    assert (jane.role, jane.case) == ("participant", case.guid)
    project.undo()
    project.people.set_role(stays, "")
    project.people.merge(gone, stays)
    assert project.people.find("Jane").role == "admin"


def test_people_of_different_cases_and_one_alone_are_not_merged(project):
    one, other = project.cases.add("One"), project.cases.add("Other")
    gone, stays = guid(project, "J. S."), guid(project, "Jane")
    project.people.set_case(gone, one.guid)
    project.people.set_case(stays, other.guid)
    before = project.audit.head()
    with pytest.raises(StepConflict, match="different cases, One and Other"):
        project.people.merge(gone, stays)
    with pytest.raises(WrongUsage):
        project.people.merge(stays, stays)
    assert project.audit.head() == before
    project.people.set_case(stays, one.guid)
    project.people.merge(gone, stays)
    assert project.people.find("Jane").case == one.guid


ROLES = [
    ("Interviewer", "interviewer", Role.INTERVIEWER),
    (" other ", "other", Role.OTHER),
    ("PARTICIPANT", "participant", Role.PARTICIPANT),
    ("Admin  of the group", "Admin of the group", Role.PARTICIPANT),
    ("", "", Role.PARTICIPANT),
]


@pytest.mark.parametrize(("given", "kept", "counts"), ROLES)
def test_a_role_says_whose_words_are_counted(project, given, kept, counts):
    project.people.set_role(guid(project, "J. S."), given)
    assert project.people.find("J. S.").role == kept
    [source] = [one for one in project.sources.all() if one.name == "P01"]
    assert project.sources.units(source.guid)[-1].counts_as is counts


def test_steps_say_from_what_to_what(project):
    case = project.cases.add("Anna’s case")
    jane = guid(project, "Jane")
    project.people.set_role(jane, "other")
    project.people.set_case(jane, case.guid)
    project.people.set_case(jane, None)
    told = [sentence(record) for record in project.audit.records()[-3:]]
    assert told == [
        "Ana changed the role of Jane from participant to other.",
        "Ana changed the case of Jane from none to Anna’s case.",
        "Ana changed the case of Jane from Anna’s case to none.",
    ]


def test_several_changes_are_one_step_that_tells_of_each(project):
    before = project.audit.head()[0]
    with project.people.together():
        project.people.rename(guid(project, "Jane"), "P1")
        project.people.set_role(guid(project, "P10"), "other")
    [record] = project.audit.records(after=before)
    assert sentence(record) == (
        "Ana changed speakers: renamed the speaker Jane to P1; "
        "changed the role of P10 from participant to other."
    )
    project.undo()
    assert "Jane" in keys(project)


def test_of_several_changes_all_are_refused_when_one_is(project):
    before = project.audit.head()
    with pytest.raises(NameTaken), project.people.together():
        project.people.rename(guid(project, "Jane"), "P1")
        project.people.rename(guid(project, "Int"), "P2")
    assert project.audit.head() == before
    assert "Jane" in keys(project)


Names = st.sampled_from(["Jane", "jane", "P2", "P10", "👩‍👩‍👧", "Ä", "A\u0308", "İ", "x" * 300])


@settings(max_examples=12)
@given(turns=st.lists(st.tuples(Names, st.sampled_from(["", "Yes.", "😀"])), max_size=12))
def test_counts_are_those_of_the_turns(tmp_path_factory, turns):
    project = new_project(tmp_path_factory.mktemp("people"))
    speakers(project, "A", turns)
    speakers(project, "B", turns[:1])
    both = [("A", *turn) for turn in turns] + [("B", *turn) for turn in turns[:1]]
    assert {key: said.units for key, said in said_by_key(project).items()} == Counter(
        key for _source, key, _words in both
    )
    for key, said in said_by_key(project).items():
        assert said.characters == sum(len(words) for _s, who, words in both if who == key)
        assert said.sources == len({source for source, who, _w in both if who == key})
    project.close()
