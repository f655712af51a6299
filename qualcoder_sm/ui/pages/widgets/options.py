"""What there is to choose from in a project, as options of a choice box."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from qualcoder_sm.i18n import tr
from qualcoder_sm.project.filters import Words
from qualcoder_sm.ui.pages.widgets.choice import Option

if TYPE_CHECKING:
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.ui.pages.widgets.choice import ChoiceBox


def source_options(project: Project) -> list[Option]:
    """Every source, with its collection where it is in one."""
    collections = {one.guid: one.name for one in project.collections.all()}
    options: list[Option] = []
    for source in project.sources.all():
        collection = collections.get(source.collection or "")
        name = f"{source.name}, {collection}" if collection else source.name
        options.append(Option(source.guid, name))
    return options


def code_options(project: Project, *, themes: bool = False) -> list[Option]:
    """Every code in the order of the tree, set in; with `themes` also those that only hold others."""
    depths: dict[str, int] = {}
    options: list[Option] = []
    for code in project.codebook.codes():
        depths[code.guid] = depths[code.parent] + 1 if code.parent else 0
        if code.codable or themes:
            options.append(Option(code.guid, code.name, code.color, depths[code.guid]))
    return options


def coder_options(project: Project) -> list[Option]:
    """Every coder."""
    return [Option(coder.guid, coder.name) for coder in project.coders.all()]


def guids(box: ChoiceBox) -> tuple[str, ...]:
    """The items chosen; empty where a preset is."""
    return cast("tuple[str, ...]", box.value) if isinstance(box.value, tuple) else ()


def words_options() -> list[Option]:
    """Whose words count, as reports do it first."""
    return [Option(Words.PARTICIPANTS, tr("participants’")), Option(Words.ALL, tr("everybody’s"))]
