"""What is asked for while another step is written ends as if it had been asked for after it.

So nothing can come between what a step requires and what it writes: no refusal is another one than
it would be, no constraint of a table has to hold what a check forgot, and nothing written is lost.
"""

import inspect
import itertools
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from builders import add_coded, add_text, code_named, new_project, speakers
from sqlalchemy import select

from qualcoder_sm.bundle import Bundle, CaseDraft, CodeDraft, SourceDraft
from qualcoder_sm.errors import BrokenReference, QualCoderError
from qualcoder_sm.model import Polarity, Progress, QuoteRule, SourceKind
from qualcoder_sm.project.autocode import Proposal
from qualcoder_sm.project.check import check
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.rules import Scope, Words
from qualcoder_sm.project.writers import Writers
from qualcoder_sm.store import schema

RULE = Words("tired")
WORDS = "I was [tired]{Fatigue} and [alone]{Isolation}.\n\nNobody [answered]{Fatigue} at three."


@dataclass(frozen=True)
class Study:
    """A project, the guids of what is in it at first, and what a rule found then."""

    project: Project
    guids: dict[str, str]
    found: list[Proposal]

    def __getitem__(self, name: str) -> str:
        return self.guids[name]


def built(folder) -> None:
    project = new_project(folder)
    project.coders.add("Ben")
    add_coded(project, "P01", WORDS)
    add_text(project, "P01", "Other words.", "Owls")
    speakers(project, "Talk", [("Int", "And then?"), ("P1", "Then I slept."), ("P2", "Me too.")])
    fatigue = code_named(project, "Fatigue").guid
    project.codebook.add("Child", parent=fatigue)
    first, second, third = project.codings.all()
    project.codings.apply(fatigue, first.source, 0, 5)
    link = project.links.add(first.guid, second.guid)
    project.links.add(second.guid, third.guid)
    project.sets.keep("Both", [fatigue, second.code])
    project.notes.add("Note", "words", target_table="codes", target=fatigue)
    project.notes.draft(None, "typed", title="Draft")
    project.notes.draft(project.notes.all()[0].guid, "words and more", title="Note")
    project.cases.add("Case", sources=[first.source])
    project.collections.add("Empty")
    assert link.origin == first.guid
    project.close()


def opened(path, folder) -> Study:
    """A copy of the study, in which guids and times come in one order."""
    copy = folder / path.name
    folder.mkdir(exist_ok=True)
    copy.write_bytes(path.read_bytes())
    project = Project.open(copy)
    numbers = itertools.count()
    project.new_guid = lambda: f"{next(numbers):08}-0000-4000-8000-000000000000"
    project.clock = lambda: datetime(2026, 1, 1, tzinfo=UTC)
    guids = _guids(project)
    found = project.autocode.proposals(RULE, Scope.MATCH, guids["Isolation"])
    return Study(project, guids, found)


def _guids(project: Project) -> dict[str, str]:
    codings = [one for one in project.codings.all() if one.start]
    sources = {project.sources.text(one.guid)[:5]: one.guid for one in project.sources.all()}
    drafts = {one.title: one.note for one in project.notes.drafts()}
    return {
        **{one.name: one.guid for one in project.codebook.codes()},
        **{one.name: one.guid for one in project.collections.all()},
        **{one.key: one.guid for one in project.people.all()},
        **dict(zip(("tired", "alone", "answered"), (one.guid for one in codings), strict=True)),
        "P01": sources["I was"],
        "other P01": sources["Other"],
        "Talk": sources["And t"],
        "link": project.links.all()[0].guid,
        "note": project.notes.all()[0].guid,
        "draft": drafts["Draft"],
        "Case": project.cases.all()[0].guid,
    }


Step = Callable[[Study], object]

FIRST: dict[str, Step] = {
    "a code is named": lambda s: s.project.codebook.rename(s["Isolation"], "New"),
    "a code is added": lambda s: s.project.codebook.add("New"),
    "a child is added": lambda s: s.project.codebook.add("New", parent=s["Fatigue"]),
    "a code is removed": lambda s: s.project.codebook.remove(s["Fatigue"]),
    "a code is merged": lambda s: s.project.codebook.merge(s["Isolation"], s["Fatigue"]),
    "a child is moved": lambda s: s.project.codebook.move(s["Child"], s["Isolation"]),
    "a code is a theme": lambda s: s.project.codebook.edit(s["Fatigue"], codable=False),
    "a code has a key": lambda s: s.project.codebook.set_favourite(s["Isolation"], 3),
    "the bucket is made": lambda s: s.project.codebook.bucket(),
    "words are coded": lambda s: s.project.codings.apply(s["Isolation"], s["P01"], 6, 11),
    "words in quotes are coded": lambda s: s.project.codings.apply_in_vivo(s["P01"], 2, 5),
    "a coding is removed": lambda s: s.project.codings.remove(s["tired"]),
    "a coding is marked": lambda s: s.project.codings.set_polarity(s["tired"], Polarity.SUPPORTS),
    "a coding is moved": lambda s: s.project.codings.move(s["tired"], 2, 11),
    "a text is removed": lambda s: s.project.sources.remove(s["P01"]),
    "a text is named": lambda s: s.project.sources.rename(s["Talk"], "New"),
    "a text is moved": lambda s: s.project.sources.move(s["P01"], s["Empty"]),
    "a text is added": lambda s: s.project.sources.add(draft("New")),
    "a text is locked": lambda s: s.project.sources.lock(s["P01"]),
    "a text is corrected": lambda s: s.project.sources.correct(
        s["P01"], "He was tired and alone.\n\nNobody answered at three."),
    "a text is done": lambda s: s.project.progress.set(s["P01"], Progress.DONE),
    "a collection is added": lambda s: s.project.collections.add("New"),
    "a collection is gone": lambda s: gone(s, schema.collections, s["Empty"]),
    "a coder is added": lambda s: s.project.coders.add("New"),
    "a case is added": lambda s: s.project.cases.add("New"),
    "a case is gone": lambda s: (gone(s, schema.case_sources, *linked(s)),
                                 gone(s, schema.cases, s["Case"])),
    "somebody is named": lambda s: s.project.people.rename(s["P2"], "New"),
    "two are one": lambda s: s.project.people.merge(s["P2"], s["P1"]),
    "somebody has a case": lambda s: s.project.people.set_case(s["P1"], s["Case"]),
    "a link is removed": lambda s: s.project.links.remove(s["link"]),
    "a link is made": lambda s: s.project.links.add(s["tired"], s["alone"], "explains"),
    "a set is kept": lambda s: s.project.sets.keep("New", [s["Fatigue"]]),
    "a set is removed": lambda s: s.project.sets.remove("Both"),
    "a memo is removed": lambda s: s.project.notes.remove(s["note"]),
    "a memo is changed": lambda s: s.project.notes.edit(s["note"], kind="method"),
    "a rule holds": lambda s: s.project.quoting.set_rule(
        s.project.collections.get(s["Owls"]), QuoteRule.DO_NOT_QUOTE),
}  # fmt: skip
"""What another thread is in the middle of, by what it does."""

NAMED = ("a code is named", "a code is added")
CODE = ("a code is removed", "a code is a theme", *NAMED)
CODING = ("a coding is removed", "a coding is marked", "a coding is moved", "a code is removed",
          "a text is removed")  # fmt: skip
PLACE = ("words are coded", "a text is removed", "a text is corrected", "a code is removed")

SECOND: dict[str, tuple[Step, tuple[str, ...]]] = {
    "coders.add": (lambda s: s.project.coders.add("New"), ("a coder is added",)),
    "collections.add": (lambda s: s.project.collections.add("New"), ("a collection is added",)),
    "collections.describe": (
        lambda s: s.project.collections.describe(s["Empty"], platform="forum"),
        ("a collection is gone",)),
    "sources.add": (lambda s: s.project.sources.add(draft("New")),
                    ("a text is added", "a text is named")),
    "sources.rename": (lambda s: s.project.sources.rename(s["P01"], "New"),
                       ("a text is named", "a text is added", "a text is removed")),
    "sources.move": (lambda s: s.project.sources.move([s["Talk"], s["other P01"]], s["Empty"]),
                     ("a text is moved", "a collection is gone", "a text is named")),
    "sources.move_to_new": (lambda s: s.project.sources.move_to_new([s["P01"]], "New"),
                            ("a collection is added", "a text is removed", "a text is named")),
    "sources.remove": (lambda s: s.project.sources.remove(s["P01"]),
                       ("a text is removed", "words are coded", "a text is done")),
    "sources.correct": (
        lambda s: s.project.sources.correct(s["P01"], "I was tired, alone.\n\nShe answered."),
        ("a text is locked", "a text is removed", "words are coded", "a text is corrected")),
    "sources.lock": (lambda s: s.project.sources.lock(s["P01"]), ("a text is removed",)),
    "sources.unlock": (lambda s: s.project.sources.unlock(s["P01"]),
                       ("a text is removed", "a text is locked")),
    "people.rename": (lambda s: s.project.people.rename(s["P1"], "New"),
                      ("somebody is named", "two are one")),
    "people.merge": (lambda s: s.project.people.merge(s["P2"], s["P1"]),
                     ("two are one", "somebody is named", "somebody has a case")),
    "people.set_role": (lambda s: s.project.people.set_role(s["P2"], "other"), ("two are one",)),
    "people.set_case": (lambda s: s.project.people.set_case(s["P1"], s["Case"]),
                        ("a case is gone", "somebody has a case")),
    "people.together": (lambda s: together(s), ("two are one", "somebody is named")),
    "codebook.add": (lambda s: s.project.codebook.add("New", parent=s["Fatigue"]),
                     ("a child is added", "a code is removed")),
    "codebook.bucket": (lambda s: s.project.codebook.bucket(), ("the bucket is made",)),
    "codebook.take": (lambda s: s.project.codebook.take([CodeDraft(("New",))], "Book"), NAMED),
    "codebook.rename": (lambda s: s.project.codebook.rename(s["Fatigue"], "New"), CODE),
    "codebook.move": (lambda s: s.project.codebook.move(s["Isolation"], s["Fatigue"]),
                      ("a code is removed", "a child is added", "a child is moved")),
    "codebook.recolour": (lambda s: s.project.codebook.recolour(s["Fatigue"], "#010203"), CODE),
    "codebook.edit": (lambda s: s.project.codebook.edit(s["Fatigue"], codable=False), CODE),
    "codebook.set_favourite": (lambda s: s.project.codebook.set_favourite(s["Fatigue"], 3),
                               ("a code is removed", "a code has a key")),
    "codebook.merge": (lambda s: s.project.codebook.merge(s["Isolation"], s["Fatigue"]),
                       ("words are coded", "a code is a theme", "a code is removed",
                        "a code is merged", "a child is moved")),
    "codebook.split": (
        lambda s: s.project.codebook.split(s["Fatigue"], {s["tired"]: "New"}),
        ("a coding is removed", "a child is added", "a code is removed")),
    "codebook.remove": (lambda s: s.project.codebook.remove(s["Fatigue"]),
                        ("a code is removed", "a child is moved", "a child is added",
                         "a code is merged")),
    "codings.apply": (lambda s: s.project.codings.apply(s["Isolation"], s["P01"], 6, 11), PLACE),
    "codings.apply_new": (lambda s: s.project.codings.apply_new("New", s["P01"], 2, 5),
                          (*NAMED, "a text is removed")),
    "codings.apply_in_vivo": (lambda s: s.project.codings.apply_in_vivo(s["P01"], 2, 5),
                              ("words in quotes are coded", "a text is corrected")),
    "codings.apply_all": (lambda s: s.project.codings.apply_all(drafts(s)), PLACE),
    "codings.set_aside": (lambda s: s.project.codings.set_aside(s["P01"], 2, 5),
                          ("the bucket is made", "a text is removed")),
    "codings.remove": (lambda s: s.project.codings.remove(s["tired"], s["alone"]), CODING),
    "codings.move": (lambda s: s.project.codings.move(s["tired"], 2, 11),
                     (*CODING, "a code is a theme", "a text is corrected")),
    "codings.recode": (lambda s: s.project.codings.recode([s["tired"]], s["Isolation"]),
                       (*CODING, "words are coded", "a code is merged")),
    "codings.recode_new": (lambda s: s.project.codings.recode_new([s["tired"]], "New"),
                           (*CODING, *NAMED)),
    "codings.set_memo": (lambda s: s.project.codings.set_memo(s["tired"], "why"), CODING),
    "codings.set_polarity": (
        lambda s: s.project.codings.set_polarity([s["tired"], s["alone"]], Polarity.MIXED), CODING),
    "codings.turn_polarity": (
        lambda s: s.project.codings.turn_polarity([s["tired"], s["alone"]]), CODING),
    "codings.set_weight": (lambda s: s.project.codings.set_weight(s["tired"], 5), CODING),
    "codings.mark": (lambda s: s.project.codings.mark(s["tired"], Polarity.MIXED, 5), CODING),
    "codings.set_paraphrase": (
        lambda s: s.project.codings.set_paraphrase(s["tired"], "was tired"), CODING),
    "autocode.apply": (
        lambda s: s.project.autocode.apply(s["Isolation"], s.found, RULE, Scope.MATCH), PLACE),
    "autocode.code_units": (
        lambda s: s.project.autocode.code_units(s["Isolation"], s["P01"], 0, 40),
        (*PLACE, "a code is merged")),
    "links.add": (lambda s: s.project.links.add(s["tired"], s["alone"], "explains"),
                  ("a link is made", "a coding is removed")),
    "links.edit": (lambda s: s.project.links.edit(s["link"], kind="explains"),
                   ("a link is made", "a link is removed", "a coding is removed")),
    "links.remove": (lambda s: s.project.links.remove(s["link"]),
                     ("a link is removed", "a coding is removed")),
    "sets.keep": (lambda s: s.project.sets.keep("New", [s["Isolation"], s["Fatigue"]]),
                  ("a set is kept", "a code is removed")),
    "sets.remove": (lambda s: s.project.sets.remove("Both"),
                    ("a set is removed", "a code is removed")),
    "quoting.set_rule": (
        lambda s: s.project.quoting.set_rule(
            s.project.sources.get(s["other P01"]), QuoteRule.PARAPHRASE),
        ("a rule holds", "a text is named")),
    "cases.add": (lambda s: s.project.cases.add("New", sources=[s["P01"]]),
                  ("a case is added", "a text is removed")),
    "cases.link": (lambda s: s.project.cases.link(s["Case"], [s["Talk"], s["P01"]]),
                   ("a case is gone", "a text is removed")),
    "cases.take": (
        lambda s: s.project.cases.take([CaseDraft("New", "person", {"age": "3"})], "cases.csv"),
        ("a case is added",)),
    "notes.add": (
        lambda s: s.project.notes.add("About", "it", target_table="codes", target=s["Fatigue"]),
        ("a code is removed",)),
    "notes.edit": (lambda s: s.project.notes.edit(s["note"], text="Other"),
                   ("a memo is removed", "a memo is changed")),
    "notes.remove": (lambda s: s.project.notes.remove(s["note"]), ("a memo is removed",)),
    "notes.settle": (lambda s: s.project.notes.settle(s["note"]),
                     ("a memo is removed", "a memo is changed", "a code is removed")),
    "progress.set": (lambda s: s.project.progress.set(s["P01"], Progress.DONE),
                     ("a text is done", "a text is removed")),
    "progress.turn": (lambda s: s.project.progress.turn(s["P01"]),
                      ("a text is done", "a text is removed")),
}  # fmt: skip
"""Every method that takes a step, with what may be written while it is called."""


def draft(name: str) -> Bundle:
    return Bundle((SourceDraft(name, SourceKind.TEXT, "Words.", ()),))


def drafts(study: Study) -> list[CodingDraft]:
    coder = study.project.coder.guid
    return [CodingDraft(study["Isolation"], study["P01"], coder, 6, 11),
            CodingDraft(study["Fatigue"], study["P01"], coder, 16, 21)]  # fmt: skip


def together(study: Study) -> None:
    with study.project.people.together():
        study.project.people.set_role(study["P2"], "other")
        study.project.people.rename(study["P1"], "New")


def linked(study: Study) -> list[str]:
    rows = study.project.fetch(select(schema.case_sources.c.guid))
    return [row.guid for row in rows]


def gone(study: Study, table, *guids: str) -> None:
    """Nothing deletes these, but undoing what made them does."""
    with study.project.change("collection.add", name="gone") as journal:
        journal.delete(table, *guids)


@dataclass(frozen=True)
class Outcome:
    """What became of the second step: why it was refused, and all that the file then holds."""

    refusal: tuple[type, str] | None
    rows: dict[str, list[str]]
    told: list[str]


def outcome(study: Study, refusal: QualCoderError | None) -> Outcome:
    project = study.project
    tables = {
        table.name: sorted(map(repr, project.fetch(select(table))))
        for table in (*schema.JOURNALLED, schema.drafts)
    }
    told = [f"{one.action} {one.label}" for one in project.audit.records()]
    project.close()
    return Outcome(refusal and (type(refusal), str(refusal)), tables, told)


def refusal_of(step: Step, study: Study) -> QualCoderError | None:
    try:
        step(study)
    except QualCoderError as error:
        return error
    return None


def one_after_the_other(study: Study, first: Step, second: Step) -> Outcome:
    with study.project.change("coder.add", name="somebody"):
        first(study)
    return outcome(study, refusal_of(second, study))


def meanwhile(monkeypatch, study: Study, first: Step, second: Step) -> Outcome:
    """The second is called while the first is written, which ends when the second wants its turn."""
    begun, asked = threading.Event(), threading.Event()
    refusals: list[QualCoderError | None] = []

    def write() -> None:
        with study.project.change("coder.add", name="somebody"):
            first(study)
            begun.set()
            asked.wait(30)

    def call() -> None:
        begun.wait(30)
        try:
            refusals.append(refusal_of(second, study))
        finally:
            asked.set()

    threads = [threading.Thread(target=write), threading.Thread(target=call)]
    turn = Writers.turn

    @contextmanager
    def announced(writers: Writers):
        if threading.current_thread() is threads[1]:
            asked.set()
        with turn(writers):
            yield

    monkeypatch.setattr(Writers, "turn", announced)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    [refusal] = refusals
    assert list(check(study.project)) == []
    return outcome(study, refusal)


@pytest.fixture(scope="module")
def study_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("turns")
    built(folder)
    return folder / "study.qsm"


@pytest.mark.parametrize("method", SECOND)
def test_a_step_asked_for_meanwhile_ends_as_one_asked_for_afterwards(
    method, study_file, tmp_path, monkeypatch
):
    second, firsts = SECOND[method]
    for first in firsts:
        after = one_after_the_other(opened(study_file, tmp_path / "after"), FIRST[first], second)
        with monkeypatch.context() as patch:
            study = opened(study_file, tmp_path / "meanwhile")
            assert meanwhile(patch, study, FIRST[first], second) == after, first
        assert after.refusal is None or after.refusal[0] is not BrokenReference, first


def test_every_method_that_takes_a_step_is_tried(study_file, tmp_path):
    project = opened(study_file, tmp_path).project
    managers = {name: one for name, one in vars(project).items() if hasattr(one, "_core")}
    found = {
        f"{name}.{method}"
        for name, manager in managers.items()
        for method, function in inspect.getmembers(type(manager), inspect.isfunction)
        if not method.startswith("_") and "_core.change(" in inspect.getsource(function)
    }
    project.close()
    assert found - SECOND.keys() == set()
    assert len(found) > 40
