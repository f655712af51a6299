"""A small study on the disk, and the program to run on it in this process."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import small_study
from builders import coded

from qualcoder_sm.__main__ import main
from qualcoder_sm.store import schema


@dataclass(frozen=True)
class Done:
    """What a run of the program left."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        assert self.status == 0, self.err
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        assert self.status == 0, self.err
        return self.out.splitlines()

    @property
    def refusal(self) -> str:
        """The one sentence of a refusal."""
        assert self.status == 1, (self.status, self.err)
        [line] = self.err.splitlines()
        assert line.startswith("error: "), line
        assert "Traceback" not in self.err
        return line.removeprefix("error: ")


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> Done:
        capsys.readouterr()
        status = main([str(word) for word in words])
        return Done(status, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("made")
    coded(folder, "I was [tired]{Fatigue} 😀 and [alone]{Isolation}.").close()
    return (folder / "study.qsm").read_bytes()


@pytest.fixture
def study(tmp_path: Path, _made: bytes) -> Path:
    """Ana's project: one source, Interview, in which two words are coded."""
    path = tmp_path / "study.qsm"
    path.write_bytes(_made)
    return path


@pytest.fixture
def contents() -> Callable[[Path], object]:
    """Every row of a project but the one that says who opened it last."""

    def contents(path: Path) -> object:
        tables = [table.name for table in schema.metadata.sorted_tables if table.name != "lock"]
        with closing(sqlite3.connect(path)) as file:
            return {name: file.execute(f"SELECT * FROM {name}").fetchall() for name in tables}

    return contents


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small study, of which all is counted by hand."""
    path = tmp_path / "small.qsm"
    path.write_bytes(small_study.as_bytes())
    return path
