"""The demonstration study, built once for all tests that only look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcoder_sm import demo
from qualcoder_sm.project.project import Project


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "Care together.qsm"
    demo.build(path).close()
    return path


@pytest.fixture
def study(built: Path) -> Iterator[Project]:
    project = Project.open(built, read_only=True)
    yield project
    project.close()
