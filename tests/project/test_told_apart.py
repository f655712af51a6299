"""What is called alike is told apart in the sentences of the trail."""

import pytest
import small_study

from qualcoder_sm.project import audit
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.project import Project


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "study.qsm"
    path.write_bytes(small_study.as_bytes())
    project = Project.open(path, "Ana")
    yield project
    project.close()


def last(project):
    return audit.sentence(project.audit.records()[-1])


def test_two_threads_of_one_name_are_two_in_the_trail(project):
    a, b = (small_study.find_source(project, name) for name in "AB")
    empty = next(case.guid for case in project.cases.all() if case.name == "Empty")
    project.cases.link(empty, [a, b])
    assert last(project) == (
        "Ana changed the sources of the case Empty: added t1 (Group A), t1 (Group B)."
    )
    coder, joy = project.coder.guid, project.codebook.find("Joy").guid
    project.codings.apply_all([CodingDraft(joy, source, coder, 0, 4) for source in (a, b)])
    assert last(project) == "Ana applied 2 codings in t1 (Group A), t1 (Group B): Joy."


def test_two_codes_of_one_name_are_two_in_the_trail(project):
    joy = project.codebook.find("Joy").guid
    other = project.codebook.add("Joy", parent=project.codebook.find("Care").guid).guid
    note, coder = small_study.find_source(project, "Note"), project.coder.guid
    project.codings.apply_all([CodingDraft(code, note, coder, 0, 3) for code in (joy, other)])
    assert last(project) == "Ana applied 2 codings in Note: Joy, Joy (Care > Joy)."
