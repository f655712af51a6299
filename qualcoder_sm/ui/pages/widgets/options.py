"""What there is to choose from in a project, as options of a choice box."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from qualcoder_sm.analysis.units import Level
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Role
from qualcoder_sm.natural import natural
from qualcoder_sm.project import labels
from qualcoder_sm.project.filters import Words
from qualcoder_sm.ui.pages.widgets.choice import Option
from qualcoder_sm.ui.pages.wording import level_name

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


def collection_options(project: Project) -> list[Option]:
    """Every collection."""
    return [Option(guid, name) for guid, name in labels.of_collections(project).items()]


def case_options(project: Project) -> list[Option]:
    """Every case; where names repeat, with its type."""
    return [Option(guid, name) for guid, name in labels.of_cases(project).items()]


def attribute_options(project: Project) -> list[Option]:
    """Every value of an attribute that a case has."""
    found = {pair for case in project.cases.all() for pair in (case.attributes or {}).items()}
    ordered = sorted(found, key=lambda pair: (natural(pair[0]), natural(pair[1])))
    return [Option(pair, tr("{name}: {value}", name=pair[0], value=pair[1])) for pair in ordered]


def speaker_options(project: Project) -> list[Option]:
    """Everybody who speaks or writes."""
    return [Option(person.key, person.key) for person in project.people.all()]


def role_options(project: Project) -> list[Option]:
    """The roles that counts know of, and what groups call their members."""
    known = {Role.PARTICIPANT: tr("participant"), Role.INTERVIEWER: tr("interviewer"),
             Role.HEADING: tr("heading"), Role.OTHER: tr("other")}  # fmt: skip
    own = {person.role for person in project.people.all()} - {*known, ""}
    return [*(Option(role.value, name) for role, name in known.items()),
            *(Option(role, role) for role in sorted(own, key=natural))]  # fmt: skip


def group_options(project: Project) -> list[Option]:
    """What the rows of a matrix may stand for."""
    attributes = [Option(f"attribute:{name}", tr("attribute {name}", name=name))
                  for name in project.cases.variables()]  # fmt: skip
    return [Option("case", tr("cases")), Option("collection", tr("collections")),
            Option("source", tr("sources")), *attributes]  # fmt: skip


def unit_options() -> list[Option]:
    """What either carries a code or does not, as reports do it first."""
    levels = (Level.UNIT, Level.SENTENCE, Level.PARAGRAPH, Level.CHARACTER, Level.SOURCE)
    return [Option(level, level_name(level)) for level in levels]


def guids(box: ChoiceBox) -> tuple[str, ...]:
    """The items chosen; empty where a preset is."""
    return cast("tuple[str, ...]", box.value) if isinstance(box.value, tuple) else ()


def words_options() -> list[Option]:
    """Whose words count, as reports do it first."""
    return [Option(Words.PARTICIPANTS, tr("participants’")), Option(Words.ALL, tr("everybody’s"))]
