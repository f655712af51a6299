"""Labels: names for people to read, with what tells them apart where they repeat.

A row is its guid, never its name: two threads may both be called "t1".
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qualcoder_sm.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcoder_sm.project.project import Project

Labels = dict[str, str]
"""A label that stands for one thing alone, by its guid."""

_DIGITS = 8


def of_sources(project: Project) -> Labels:
    """Names of sources; where they repeat, with their collection."""
    collections = {one.guid: one.name for one in project.collections.all()}
    sources = project.sources.all()
    return distinct(
        {source.guid: source.name for source in sources},
        {source.guid: collections.get(source.collection or "", tr("no collection"))
         for source in sources},
    )  # fmt: skip


def of_collections(project: Project) -> Labels:
    """Names of collections."""
    return distinct({one.guid: one.name for one in project.collections.all()}, {})


def of_cases(project: Project) -> Labels:
    """Names of cases; where they repeat, with their type."""
    cases = project.cases.all()
    return distinct({case.guid: case.name for case in cases}, {c.guid: c.type for c in cases})


def of_codes(project: Project) -> Labels:
    """Paths of codes."""
    return distinct(project.codebook.paths(), {})


def distinct(names: Mapping[str, str], details: Mapping[str, str]) -> Labels:
    """The names by guid, each alone: those that repeat get their detail, then digits of the guid."""
    labels = dict(names)
    for more in (details, {guid: guid[:_DIGITS] for guid in names}, {guid: guid for guid in names}):
        repeated = {label for label, n in Counter(labels.values()).items() if n > 1}
        for guid, label in labels.items():
            if label in repeated and more.get(guid):
                labels[guid] = f"{names[guid]} ({more[guid]})"
    return labels
