"""Steps take turns: one at a time, in order, each whose it was when it was asked for."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from builders import coded

from qualcoder_sm.errors import AlreadyCoded, Busy
from qualcoder_sm.store import schema


@pytest.fixture
def project(tmp_path):
    project = coded(tmp_path, "I was [tired]{Fatigue} and alone")
    yield project
    project.close()


@contextmanager
def a_longer_step(project) -> Iterator[None]:
    """Another thread is in the middle of a step of its own, and ends it afterwards."""
    begun, end = threading.Event(), threading.Event()

    def write() -> None:
        with project.change("coder.add", name="Ben") as journal:
            row = {"guid": project.new_guid(), "name": "Ben"}
            journal.insert(schema.coders, row)
            begun.set()
            end.wait(30)

    worker = threading.Thread(target=write)
    worker.start()
    assert begun.wait(30)
    try:
        yield
    finally:
        end.set()
        worker.join(30)


def place(project):
    [source] = project.sources.all()
    [code] = project.codebook.codes()
    return code.guid, source.guid


def told(project) -> list[tuple[str, str, str]]:
    return [(one.coder, one.action, one.reason) for one in project.audit.records(after=3)]


def test_a_step_is_taken_at_once_when_nobody_writes(project):
    made = project.submit(lambda: project.codings.apply(*place(project), 11, 15))
    assert made.done()
    assert project.codings.get(made.result().guid).start == 12


def test_steps_asked_for_meanwhile_are_taken_in_order_after_the_longer_one(project):
    code, source = place(project)
    seen: list[tuple[int, str]] = []
    with a_longer_step(project):
        project.subscribe(lambda change: seen.append((change.seq, change.action)))
        first = project.submit(lambda: project.codings.apply(code, source, 0, 1))
        second = project.submit(lambda: project.codings.apply(code, source, 16, 21))
        assert (first.done(), second.done(), project.waiting) == (False, False, 2)
    assert first.result(0).end == 1
    assert second.result(0).end == 21
    start = project.head()[0] - 2
    assert seen == [
        (start, "coder.add"), (start + 1, "coding.apply"), (start + 2, "coding.apply")
    ]  # fmt: skip
    assert project.audit.verify().ok


def test_a_waiting_step_belongs_to_whoever_asked_for_it_and_keeps_the_reason(project):
    project.coders.add("Cleo")
    with a_longer_step(project):
        with project.because("second look"):
            made = project.submit(lambda: project.codings.apply(*place(project), 16, 21))
        project.act_as("Cleo")
    assert made.result(0).coder == project.coders.find("Ana").guid
    assert told(project)[-1] == ("Ana", "coding.apply", "second look")
    assert project.coder.name == "Cleo"


def test_a_waiting_step_that_is_refused_changes_nothing_and_stops_no_other(project):
    code, source = place(project)
    with a_longer_step(project):
        refused = project.submit(lambda: project.codings.apply(code, source, 6, 11))
        made = project.submit(lambda: project.codings.apply(code, source, 16, 21))
    with pytest.raises(AlreadyCoded):
        refused.result(0)
    assert made.result(0).start == 16
    assert project.codings.count() == 2


def test_a_waiting_step_can_be_taken_back_before_its_turn(project):
    with a_longer_step(project):
        waiting = project.submit(lambda: project.codings.apply(*place(project), 16, 21))
        assert waiting.cancel()
    assert project.codings.count() == 1
    assert project.waiting == 0


def test_a_step_that_will_not_wait_says_so(project):
    with a_longer_step(project), pytest.raises(Busy, match="longer step"):
        project.codings.apply(*place(project), 16, 21)
    assert project.codings.apply(*place(project), 16, 21).start == 16


def test_another_thread_waits_its_turn_without_being_asked_to(project):
    made: list[object] = []
    worker = threading.Thread(
        target=lambda: made.append(project.codings.apply(*place(project), 16, 21))
    )
    with a_longer_step(project):
        worker.start()
    worker.join(30)
    assert [one.start for one in made] == [16]


def test_a_step_handed_in_within_a_step_follows_it(project):
    code, source = place(project)
    with project.change("coding.aside", source="Interview"):
        later = project.submit(lambda: project.codings.apply(code, source, 0, 1))
        assert not later.done()
        project.codings.apply(code, source, 16, 21)
    assert later.result(0).end == 1
    assert [one[1] for one in told(project)][-2:] == ["coding.aside", "coding.apply"]


def test_a_step_has_one_coder_for_its_whole_length(project):
    project.coders.add("Cleo")
    code, source = place(project)
    with project.change("coding.aside", source="Interview"):
        project.act_as("Cleo")
        coding = project.codings.apply(code, source, 16, 21)
    assert project.coders.find(coding.coder).name == told(project)[-1][0] == "Ana"
    assert project.codings.apply(code, source, 0, 1).coder == project.coders.find("Cleo").guid


def test_steps_of_many_threads_are_all_taken(project):
    code, source = place(project)
    spans = [(start, start + 1) for start in (0, 2, 3, 4, 6, 7, 8, 9)]
    futures = []

    def ask(span: tuple[int, int]) -> None:
        futures.append(project.submit(lambda: project.codings.apply(code, source, *span)))

    with a_longer_step(project):
        threads = [threading.Thread(target=ask, args=(span,)) for span in spans]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert sorted(one.result(0).start for one in futures) == [start for start, _ in spans]
    assert project.audit.verify().ok
