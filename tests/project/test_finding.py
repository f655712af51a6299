"""Things are found by name or guid; what is not there, or there more than once, is said."""

import pytest
from builders import add_text, code_named, new_project

from qualcoder_sm.errors import AmbiguousName, NotFound


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


def test_what_has_a_path_is_told_apart_by_it(tmp_path):
    project = new_project(tmp_path)
    for above in ("Home", "Work"):
        project.codebook.add("Care", parent=code_named(project, above).guid)
        add_text(project, "Talk", "Words.", above)
    for find, kind, of in (
        (project.codebook.find, "codes", "Care"),
        (project.sources.find, "sources", "Talk"),
    ):
        said = f"There are 2 {kind} named “{of}”. Name one by its path: Home > {of}; Work > {of}."
        with pytest.raises(AmbiguousName) as refused:
            find(of)
        assert str(refused.value) == said
        assert find(f"Work > {of}").name == of
    project.close()


def _twice(project, add):
    """Ana takes hers back, Ben makes one of the same name, and then she wants hers again."""
    add()
    project.undo()
    project.act_as("Ben")
    add()
    project.act_as("Ana")
    project.redo()


@pytest.mark.parametrize("kind", ["case", "set", "memo"])
def test_what_has_no_path_is_told_apart_by_its_guid(tmp_path, kind):
    project = new_project(tmp_path)
    project.coders.add("Ben")
    code = code_named(project, "Care").guid
    things, add = {
        "case": (project.cases, lambda: project.cases.add("Twin")),
        "set": (project.sets, lambda: project.sets.keep("Twin", [code])),
        "memo": (project.notes, lambda: project.notes.add("Twin", "Words.")),
    }[kind]
    _twice(project, add)
    guids = [one.guid for one in things.all()]
    with pytest.raises(AmbiguousName) as refused:
        things.find("Twin")
    assert str(refused.value) == (
        f"There are 2 {kind}s named “Twin”. Name one by its guid: {', '.join(guids)}."
    )
    assert [things.find(guid).guid for guid in guids] == guids
    with pytest.raises(NotFound, match=f"There is no {kind} named “Twn”"):
        things.find("Twn")
    project.close()
