"""A theme holds other codes: no door to the project puts words under it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import coded

from qualcoder_sm.errors import NotCodable
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.rules import Scope, Words

Door = Callable[[Project, str], object]


@pytest.fixture
def project(tmp_path: Path):
    project = coded(tmp_path, "I was [tired]{Fatigue} and [alone]{Isolation}.")
    project.codebook.add("Theme", parent=code(project, "Fatigue"), codable=False)
    yield project
    project.close()


def code(project: Project, name: str) -> str:
    return project.codebook.find(name).guid


def source(project: Project) -> str:
    return project.sources.all()[0].guid


def coding(project: Project, name: str) -> str:
    return project.codings.of_code(code(project, name))[0].guid


def aside(project: Project, _theme: str) -> None:
    project.codebook.edit(project.codebook.bucket().guid, codable=False)
    project.codings.set_aside(source(project), 0, 5)


def a_boundary(project: Project, _theme: str) -> None:
    project.codebook.edit(code(project, "Isolation"), codable=False)
    project.codings.move(coding(project, "Isolation"), 0, 5)


def in_vivo(project: Project, theme: str) -> None:
    with project.change("coding.in_vivo", code="Theme", source="Interview"):
        project.codings.apply(theme, source(project), 0, 5)


def autocoded(project: Project, theme: str) -> None:
    rule = Words(("tired",))
    found = project.autocode.proposals(rule, Scope.MATCH, theme)
    project.autocode.apply(theme, found, rule, Scope.MATCH)


DOORS: dict[str, Door] = {
    "apply": lambda project, theme: project.codings.apply(theme, source(project), 0, 5),
    "apply from a file": lambda project, theme: project.codings.apply_all(
        [CodingDraft(theme, source(project), project.coder.guid, 0, 5)]
    ),
    "recode": lambda project, theme: project.codings.recode([coding(project, "Fatigue")], theme),
    "recode nothing": lambda project, theme: project.codings.recode([], theme),
    "merge": lambda project, theme: project.codebook.merge(code(project, "Isolation"), theme),
    "split": lambda project, theme: project.codebook.split(
        code(project, "Fatigue"), {coding(project, "Fatigue"): theme}
    ),
    "split by name": lambda project, _theme: project.codebook.split(
        code(project, "Fatigue"), {coding(project, "Fatigue"): "Theme"}
    ),
    "autocode": autocoded,
    "autocode nothing": lambda project, theme: project.autocode.apply(
        theme, [], Words(("tired",)), Scope.MATCH
    ),
    "each unit": lambda project, theme: project.autocode.code_units(theme, source(project), 0, 5),
    "in vivo": in_vivo,
    "set aside": aside,
    "move": a_boundary,
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS.keys())
def test_no_door_puts_words_under_a_theme(project: Project, door: Door):
    before = project.codings.all()
    with pytest.raises(NotCodable, match="is a theme that holds other codes"):
        door(project, code(project, "Theme"))
    assert project.codings.all() == before


def test_a_refused_merge_leaves_both_codes_and_the_trail_as_they_were(project: Project):
    before, head = project.codebook.codes(), project.audit.head()
    with pytest.raises(NotCodable, match="Theme is a theme"):
        project.codebook.merge(code(project, "Isolation"), code(project, "Theme"))
    assert project.codebook.codes() == before
    assert project.audit.head() == head


def test_a_theme_itself_can_be_merged_into_a_code(project: Project):
    theme = code(project, "Theme")
    project.codebook.add("Below", parent=theme)
    project.codebook.merge(theme, code(project, "Isolation"))
    assert project.codebook.path(code(project, "Below")) == "Isolation > Below"
