"""Memos: kinds, what they are about, links, search, and drafts that become one step."""

import pytest
from builders import coded

from qualcoder_sm.errors import NotFound, WrongUsage
from qualcoder_sm.project import audit
from qualcoder_sm.project.check import check
from qualcoder_sm.project.notes import KINDS
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.steps import STEPS, AuditClass


@pytest.fixture
def project(tmp_path):
    project = coded(tmp_path, "I was [tired]{Fatigue} and [alone]{Isolation}.")
    yield project
    project.close()


def test_every_kind_of_memo_belongs_to_a_class_of_the_audit(project):
    classes = {}
    for kind in KINDS:
        note = project.notes.add("Title", "[SYNTHETIC] words", kind)
        added = project.audit.record(project.audit.head()[0]).action
        project.notes.edit(note.guid, text="[SYNTHETIC] more")
        edited = project.audit.record(project.audit.head()[0]).action
        assert STEPS[added].audit_class is STEPS[edited].audit_class
        classes[kind] = STEPS[added].audit_class
    assert classes == {
        "analytic": AuditClass.REDUCTION,
        "method": AuditClass.PROCESS,
        "reflexive": AuditClass.INTENTIONS,
        "field note": AuditClass.RAW_DATA,
        "decision": AuditClass.PROCESS,
    }
    told = audit.sentence(project.audit.record(project.audit.head()[0]))
    assert told == (
        "Ana changed the text of the decision memo Title: from “[SYNTHETIC] words” to "
        "“[SYNTHETIC] more”."
    )


def test_a_memo_is_about_anything_in_the_project(project):
    coding = project.codings.all()[0]
    case = project.cases.add("P01")
    things = {"codings": coding.guid, "sources": coding.source, "codes": coding.code,
              "cases": case.guid, "project": project.guid}  # fmt: skip
    for table, guid in things.items():
        note = project.notes.add("T", "words", target_table=table, target=guid)
        assert project.notes.about(guid) == [note]
    project.notes.add("Free", "words")
    assert len(project.notes.all()) == 6
    assert check(project) == []


@pytest.mark.parametrize(
    ("table", "target", "kind", "error"),
    [
        ("codes", "gone", "analytic", NotFound),
        ("coders", "", "analytic", NotFound),
        ("", "", "poem", WrongUsage),
    ],
)
def test_a_memo_about_nothing_or_of_no_kind_is_refused(project, table, target, kind, error):
    steps = project.audit.head()
    with pytest.raises(error):
        project.notes.add("T", "words", kind, table, target)
    assert project.audit.head() == steps


def test_memos_are_searched_without_case_and_accents(project):
    project.notes.add("Café talk", "[SYNTHETIC] Reading at midnight", "reflexive")
    project.notes.add("Plan", "[SYNTHETIC] a cafe\u0301 of our own")
    assert [one.title for one in project.notes.search("CAFE")] == ["Plan", "Café talk"]
    assert [one.title for one in project.notes.search("cafe night")] == ["Café talk"]
    assert [one.title for one in project.notes.search("cafe", ["analytic"])] == ["Plan"]
    assert project.notes.search("absent") == []


def test_links_in_a_memo_name_their_passages(project):
    [source] = project.sources.all()
    note = project.notes.add("T", f"[[Interview@6-11]] [[{source.guid}@0-1]] [[Other@1-2]] [[x]]")
    passages = project.notes.passages(note)
    assert [(one.source, one.start, one.end) for one in passages] == [
        (source.guid, 6, 11), (source.guid, 0, 1)]  # fmt: skip
    assert note.text[passages[0].at : passages[0].until] == "[[Interview@6-11]]"


def test_typing_is_kept_at_once_and_is_one_step_in_the_end(project):
    steps = project.audit.head()[0]
    guid = project.notes.draft(None, "[SYNTHETIC] F", title="First")
    for text in ("[SYNTHETIC] Fi", "[SYNTHETIC] First"):
        assert project.notes.draft(guid, text, title="First") == guid
    assert (project.audit.head()[0], project.notes.all()) == (steps, [])
    note = project.notes.settle(guid)
    assert (note.guid, note.text, note.title) == (guid, "[SYNTHETIC] First", "First")
    assert project.audit.head()[0] == steps + 1
    assert project.notes.drafts() == []
    project.notes.draft(guid, "[SYNTHETIC] Second", title="First")
    project.notes.settle(guid)
    assert project.notes.get(guid).text == "[SYNTHETIC] Second"
    project.undo()
    assert project.notes.get(guid).text == "[SYNTHETIC] First"
    project.undo()
    assert project.notes.all() == []
    assert check(project) == []


def test_a_draft_survives_the_end_of_the_program(project):
    guid = project.notes.draft(None, "[SYNTHETIC] half a thou", kind="method")
    project.close()
    again = Project.open(project.path)
    [draft] = again.notes.drafts()
    assert (draft.note, draft.text, draft.kind) == (guid, "[SYNTHETIC] half a thou", "method")
    assert again.notes.settle(guid).kind == "method"
    again.close()


def test_a_draft_of_nothing_or_of_no_change_is_no_step(project):
    note = project.notes.add("T", "[SYNTHETIC] words")
    steps = project.audit.head()
    assert project.notes.settle(project.notes.draft(None, "  ")) is None
    project.notes.draft(note.guid, note.text, title=note.title)
    assert project.notes.settle(note.guid) == note
    project.notes.forget(project.notes.draft(None, "[SYNTHETIC] thrown away"))
    assert project.notes.drafts() == []
    assert project.audit.head() == steps


def test_a_draft_about_something_that_is_gone_becomes_a_free_memo(project):
    coding = project.codings.all()[0]
    guid = project.notes.draft(None, "words", target_table="codings", target=coding.guid)
    project.codings.remove(coding.guid)
    assert project.notes.settle(guid).target == ""
    assert check(project) == []
