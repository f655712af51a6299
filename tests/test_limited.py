"""The process with limits: what it answers, what ends it, and that a new one takes its place."""

import json
import operator
import sys
import time

import pytest

from qualcoder_sm import limited
from qualcoder_sm.limited import BrokeDown, TookTooLong, Worker

MINUTE = 60


def test_answers_come_in_order_and_the_process_is_kept_for_the_next_caller():
    with limited.warm() as first:
        assert list(first.each(operator.neg, [1, -2, 3], MINUTE)) == [-1, 2, -3]
        assert list(first.each(len, ["😀", "\ud800\0"], MINUTE)) == [1, 2]
    with limited.warm() as second:
        assert second is first
        assert list(second.each(operator.neg, [], MINUTE)) == []


def test_two_callers_at_once_have_a_process_each():
    with limited.warm() as one, limited.warm() as other:
        assert one is not other
        answers = one.each(operator.neg, [1, 2], MINUTE)
        assert next(answers) == -1
        assert list(other.each(operator.neg, [3], MINUTE)) == [-3]
        assert next(answers) == -2


def test_what_takes_too_long_is_ended_and_what_came_before_it_is_answered():
    with Worker() as worker:
        assert list(worker.each(time.sleep, [0], MINUTE)) == [None]  # it has started
        answers = worker.each(time.sleep, [0, MINUTE], 1)
        assert next(answers) is None
        with pytest.raises(TookTooLong):
            next(answers)
        assert not worker.alive


def test_what_fails_ends_the_process():
    with Worker() as worker:
        answers = worker.each(json.loads, ["1", "no", "2"], MINUTE)
        assert next(answers) == 1
        with pytest.raises(BrokeDown):
            next(answers)
        assert not worker.alive


@pytest.mark.skipif(sys.platform != "linux", reason="other systems set no limit of memory")
def test_what_wants_too_much_memory_ends_the_process():
    with Worker() as worker, pytest.raises(BrokeDown):
        list(worker.each(bytes, [3 * 1024**3], MINUTE))


def test_whoever_waits_can_end_it_in_the_midst_of_a_value():
    class Stopped(Exception):
        pass

    def waits():
        raise Stopped

    with limited.warm() as worker:
        with pytest.raises(Stopped):
            list(worker.each(time.sleep, [MINUTE], MINUTE, waits))
        assert not worker.alive
    with limited.warm() as another:
        assert list(another.each(operator.neg, [1], MINUTE)) == [-1]


def test_an_iterator_that_is_closed_ends_it():
    with limited.warm() as worker:
        answers = worker.each(operator.neg, [1, 2], MINUTE)
        next(answers)
        answers.close()
        assert not worker.alive


def test_what_a_library_prints_is_no_answer():
    with Worker() as worker:
        assert list(worker.each(print, ["one", "two"], MINUTE)) == [None, None]
