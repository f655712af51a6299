"""Splitting a code, the bucket for what does not fit, likely codes, and recoding."""

import pytest
from builders import coded, new_project

from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.errors import NotFound, WrongUsage
from qualcoder_sm.model import Origin, SourceKind, UnitKind
from qualcoder_sm.project import audit
from qualcoder_sm.project.check import check

MARKED = "I was [tired]{Fatigue} and [weary]{Fatigue} and [sleepy]{Fatigue}, [alone]{Isolation}."


@pytest.fixture
def project(tmp_path):
    project = coded(tmp_path, MARKED)
    yield project
    project.close()


def code(project, name):
    return project.codebook.find(name).guid


def last(project):
    return audit.sentence(project.audit.record(project.audit.head()[0]))


def test_a_code_is_split_in_one_step(project):
    tired, weary, sleepy = project.codings.of_code(code(project, "Fatigue"))
    there = project.codebook.add("Sleep", parent=code(project, "Fatigue"))
    steps = project.audit.head()[0]
    project.codebook.split(code(project, "Fatigue"), {tired.guid: "Body", weary.guid: "Body",
                                                      sleepy.guid: there.guid})  # fmt: skip
    assert [project.codebook.path(one.code) for one in project.codings.all()] == [
        "Fatigue > Body", "Fatigue > Body", "Fatigue > Sleep", "Isolation"]  # fmt: skip
    assert project.audit.head()[0] == steps + 1
    assert last(project) == "Ana split the code Fatigue: 3 codings went to Body, Sleep."
    project.undo()
    assert len(project.codings.of_code(code(project, "Fatigue"))) == 3
    assert [one.name for one in project.codebook.codes()] == ["Fatigue", "Sleep", "Isolation"]
    assert check(project) == []


def test_only_own_codings_of_the_code_are_split(project):
    tired, *_ = project.codings.of_code(code(project, "Fatigue"))
    [alone] = project.codings.of_code(code(project, "Isolation"))
    steps = project.audit.head()
    with pytest.raises(WrongUsage, match="Only codings of Fatigue"):
        project.codebook.split(code(project, "Fatigue"), {tired.guid: "Body", alone.guid: "Body"})
    project.coders.add("Ben")
    project.act_as("Ben")
    with pytest.raises(WrongUsage, match="Ana’s coding"):
        project.codebook.split(code(project, "Fatigue"), {tired.guid: "Body"})
    assert project.audit.head()[0] == steps[0] + 1


def test_what_does_not_fit_is_set_aside_in_one_step_with_its_bucket(project):
    [source] = project.sources.all()
    steps = project.audit.head()[0]
    first = project.codings.set_aside(source.guid, 0, 5, "[SYNTHETIC] why")
    bucket = project.codebook.bucket()
    assert (first.code, bucket.name, bucket.origin) == (
        bucket.guid,
        "Does not fit",
        Origin.EMERGENT,
    )
    assert project.audit.head()[0] == steps + 1
    assert last(project) == "Ana set 5 characters of Interview aside, paragraph 1: no code fits."
    assert project.codings.set_aside(source.guid, 6, 11).code == bucket.guid
    project.undo()
    project.undo()
    assert "Does not fit" not in [one.name for one in project.codebook.codes()]


def test_codings_that_meet_in_one_code_are_kept_once(project):
    tired, *_ = project.codings.of_code(code(project, "Fatigue"))
    same = project.codings.apply(code(project, "Isolation"), tired.source, tired.start, tired.end)
    third = project.codebook.add("Third").guid
    project.codings.recode([tired.guid, same.guid], third)
    [left] = project.codings.of_code(third)
    assert left.guid == tired.guid


def test_a_coding_of_the_code_itself_stays_when_recoded(project):
    before, steps = project.codings.all(), project.audit.head()
    fatigue = code(project, "Fatigue")
    project.codings.recode([one.guid for one in project.codings.of_code(fatigue)], fatigue)
    assert (project.codings.all(), project.audit.head()) == (before, steps)


def test_removing_names_what_is_gone(project):
    tired, weary, _ = project.codings.of_code(code(project, "Fatigue"))
    project.codings.remove(tired.guid, tired.guid)
    with pytest.raises(NotFound):
        project.codings.remove(weary.guid, tired.guid)
    assert len(project.codings.all()) == 3


def test_likely_codes_are_recent_or_of_this_speaker_or_of_the_same_family(tmp_path):
    project = new_project(tmp_path)
    text = "Are you tired? Very tired. Alone too. And cold."
    units = (UnitDraft(0, 14, UnitKind.TURN, "I", role="interviewer"),
             UnitDraft(15, 47, UnitKind.TURN, "P01"))  # fmt: skip
    [source] = project.sources.add(Bundle((SourceDraft("T", SourceKind.TRANSCRIPT, text, units),)))
    theme = project.codebook.add("Theme", codable=False).guid
    guids = {name: project.codebook.add(name, parent=theme).guid for name in ("A", "B", "C")}
    other = project.codebook.add("Other").guid

    def likely(speaker=None, recent=()):
        return [one.name for one in project.codebook.most_likely(source.guid, speaker, recent)]

    assert likely() == []
    assert likely(recent=[guids["B"]]) == ["B", "A", "C"]
    project.codings.apply(other, source.guid, 15, 26)
    project.codings.apply(other, source.guid, 27, 37)
    project.codings.apply(guids["C"], source.guid, 0, 14)
    assert likely() == ["C", "Other", "A"]
    assert likely(speaker="P01") == ["C", "Other", "A"]
    assert likely(speaker="P01", recent=[guids["A"], guids["B"]]) == ["A", "B", "Other"]
    project.coders.add("Ben")
    project.act_as("Ben")
    assert likely(speaker="P01") == []
    project.close()
