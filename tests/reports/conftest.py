"""The small study, open for reading."""

from collections.abc import Iterator

import pytest
import small_study

from qualcoder_sm.project.project import Project


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    path = tmp_path_factory.mktemp("small") / "study.qsm"
    path.write_bytes(small_study.as_bytes())
    project = Project.open(path, read_only=True)
    yield project
    project.close()
