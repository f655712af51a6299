"""Things are found by name or guid, and what is not there is said."""

import pytest
from builders import new_project

from qualcoder_sm.errors import NotFound


def test_collections_and_cases_are_found_by_name_or_guid(tmp_path):
    project = new_project(tmp_path)
    group, case = project.collections.add("Group"), project.cases.add("M.")
    for found in (project.collections.find("Group"), project.collections.find(group.guid)):
        assert found == group
    for found in (project.cases.find("M."), project.cases.find(case.guid)):
        assert found.guid == case.guid
    with pytest.raises(NotFound, match="There is no collection named “Grup”"):
        project.collections.find("Grup")
    with pytest.raises(NotFound, match="There is no case named “N.”"):
        project.cases.find("N.")
    project.close()
