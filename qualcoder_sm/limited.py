"""Pure functions in a process of their own, under limits of time and memory.

What may hold the interpreter runs there: libraries that meet files from anywhere, and patterns that
a researcher writes. The process can be ended in the midst of a value, which no thread can. Values
go in as pickles, for they are ours; answers come back as JSON, a line each, for whatever a hostile
file makes of the process, data is all it can send. No text is in arguments or touches the disk.
"""

import atexit
import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any, TypeVar, cast

Value = TypeVar("Value")

ARGUMENT = "--limited-child"
_TICK = 0.1


class TookTooLong(Exception):
    """A value took longer than its seconds; the process was ended."""


class BrokeDown(Exception):
    """The process ended at a value: it wanted too much memory, or a library failed."""


class Worker:
    """One process, used by one caller at a time; ended at the end of its `with`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._answers: SimpleQueue[bytes] = SimpleQueue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def end(self) -> None:
        """End the process, in the midst of a value if need be."""
        self._process.kill()
        self._reader.join()
        with suppress(OSError):  # what it did not read any more
            cast("IO[bytes]", self._process.stdin).close()

    def each(
        self,
        function: Callable[[Value], object],
        values: Sequence[Value],
        seconds: float,
        waits: Callable[[], None] | None = None,
    ) -> Generator[Any, None, None]:
        """function(value) as JSON would have it, for each value in order, as soon as it is there.

        The function stands in a module. `waits` is called now and then while a value takes its
        time; what it raises ends the process, as does closing the iterator. Raises TookTooLong
        or BrokeDown instead of the answer to the value at fault.
        """
        if not values:
            return
        answered = 0
        try:
            self._send(pickle.dumps((function, seconds, values)))
            for _ in values:
                answer = self._received(seconds, waits)
                answered += 1
                yield json.loads(answer)
        finally:
            if answered < len(values):
                self.end()

    def _send(self, question: bytes) -> None:
        stdin = cast("IO[bytes]", self._process.stdin)
        with suppress(OSError):  # it died; the missing answer says so
            stdin.write(len(question).to_bytes(8, "big") + question)
            stdin.flush()

    def _received(self, seconds: float, waits: Callable[[], None] | None) -> bytes:
        ends = time.monotonic() + seconds
        while True:
            left = ends - time.monotonic()
            try:
                answer = self._answers.get(timeout=max(0.0, min(_TICK, left)))
            except Empty:
                if left <= 0:
                    raise TookTooLong from None
                if waits:
                    waits()
                continue
            if not answer.endswith(b"\n"):
                raise BrokeDown
            return answer

    def _read(self) -> None:
        """In a thread, since a pipe cannot be waited at for a while on every system."""
        with cast("IO[bytes]", self._process.stdout) as answers:
            while answer := answers.readline():
                self._answers.put(answer)
        self._process.wait()
        self._answers.put(b"")


@contextmanager
def warm() -> Generator[Worker, None, None]:
    """A process that is kept for the next caller unless it was ended."""
    worker = _kept()
    try:
        yield worker
    finally:
        if worker.alive and not _idle:
            _idle.append(worker)
        else:
            worker.end()


_idle: list[Worker] = []


def _kept() -> Worker:
    while _idle:
        with suppress(IndexError):  # another thread was faster
            worker = _idle.pop()
            if worker.alive:
                return worker
            worker.end()
    return Worker()


@atexit.register
def _end_idle() -> None:
    while _idle:
        _idle.pop().end()


def _command() -> list[str]:
    # -P: a module lying in the folder we happen to be in is not ours to run.
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT]
    return [sys.executable, "-P", "-m", "qualcoder_sm.limited_child"]


def _environment() -> dict[str, str]:
    """The same packages as here, also where the program runs from a folder put on sys.path."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
