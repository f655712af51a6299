"""The study in which quote rules differ: a thread of a group, and an interview."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from quoting_studies import POSTS, TURNS, code_words, interview, made, thread

from qualcoder_sm.project.project import Project


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    project = made(tmp_path, thread("S01-T03", "Group", *POSTS), interview("P02", *TURNS))
    yield project
    project.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The thread alone, its first post coded: for tests that set every rule they look at."""
    folder = tmp_path_factory.mktemp("shared")
    project = made(folder, thread("S01-T03", "Group", *POSTS))
    code_words(project, "S01-T03", POSTS[0])
    yield project
    project.close()
